import { bytesOf } from '../../../go/bytes.ts'
import { formats } from '../../../jsonschema/formats.ts'
import type { Flow, UiNode, UiText } from '../../../model/flow.ts'
import { sendSecret } from '../../codes.ts'
import { flowJson } from '../../flow-json.ts'
import { pageOf, saveFlow } from '../../flow-store.ts'
import { continueNode, field, putCsrf, resetMessages, submit } from '../../nodes.ts'
import type { FormFlaw } from '../../problems.ts'
import { json, seeOther, type FlowReply } from '../../reply.ts'
import type { Submission } from '../../submission.ts'
import { codeSent, texts } from '../../texts.ts'
import { violationMessage } from '../../violation-texts.ts'
import type { Visit } from '../../visit.ts'

export const NAME = 'code'

export const hiddenMethod = (): UiNode => field(NAME, 'method', 'hidden', NAME)
export const codeNode = ({ isNext }: Visit, label: UiNode['label'], parts: object = {}): UiNode =>
  field(NAME, 'code', 'text', undefined, {
    required: true,
    ...(isNext ? { autocomplete: 'one-time-code' } : {}),
    ...parts,
    ...(label === undefined ? {} : { label }),
  })
export const resendNode = (): UiNode => submit(NAME, NAME, texts.resendCode, 'resend')

interface CodeAddress {
  readonly channel: string
  readonly address: string
}

/** The addresses that a credential of this type holds. */
export const addressesOf = (credential: { readonly config: string } | undefined): readonly CodeAddress[] =>
  (JSON.parse(credential?.config || '{}') as { readonly addresses?: readonly CodeAddress[] }).addresses ?? []

interface Asking {
  readonly addresses: readonly CodeAddress[]
  readonly identityId: string
  /** What identifies, which the form keeps, hidden. */
  readonly kept: readonly UiNode[]
  readonly label: UiText
  readonly more?: readonly UiNode[]
}

/** Sends codes and asks for one (strategy.go populateEmailSentFlow): with a 400, since nobody is signed in yet. */
export const askForCode = (visit: Visit, flow: Flow, form: Submission, asking: Asking): FlowReply => {
  const { addresses, identityId, kept, label, more = [] } = asking
  const kind = flow.kind === 'login' ? 'login' : 'registration'
  flow.codes = []
  for (const { address, channel } of addresses)
    sendSecret(visit, flow, NAME, { template: `${kind}_code_valid`, identityId, address, via: channel })
  flow.active = NAME
  flow.state = 'sent_email'
  // Where nobody signs in by a code, one is sent all the same, and the form stays as it was.
  const { passwordless } = visit.config.code
  if (passwordless) {
    for (const { attributes } of kept) attributes.type = 'hidden'
    flow.ui.nodes = [...kept, hiddenMethod(), codeNode(visit, label), continueNode(NAME), resendNode(), ...more]
    resetMessages(flow.ui)
    flow.ui.messages = [codeSent(kind, visit.is13)]
  }
  if (passwordless && flow.type === 'browser') putCsrf(visit, flow)
  saveFlow(visit, flow)
  if (!visit.isJson) return seeOther(pageOf(visit, flow))
  return json(flowJson(visit.world, flow, { transient_payload: form.transient }), 400)
}

/** The next release takes letters of any kind and dots anywhere before the `@`, and behind it a host (x/email.go). */
const isLooseEmail = (text: string): boolean => {
  const domain = /^[\p{L}\p{Nd}!#$%&'*+/=?^_`{|}~.-]+@([^\s@:/?#\\]+)$/u.exec(text)?.[1]
  if (domain === undefined || bytesOf(text).length > 320) return false
  try {
    return formats.get('hostname')!(new URL(`http://${domain}`).hostname)
  } catch {
    return false
  }
}

/** What is wrong with the address that a recovery or a verification was submitted with. */
export const emailFlaws = (visit: Visit, form: Submission): FormFlaw[] => {
  const email = form.get('email')
  if (email === '' || (visit.isNext ? isLooseEmail(email) : formats.get('email')!(email))) return []
  const message = violationMessage('format', `${JSON.stringify(email)} is not valid "email"`, visit.knowsFormats)
  return [{ message, at: 'email' }]
}

import type { Flow, UiNode } from '../../../model/flow.ts'
import { flowJson } from '../../flow-json.ts'
import { actionOf, pageOf, saveFlow } from '../../flow-store.ts'
import { append, csrfNode, field, resetMessages, submit, upsert } from '../../nodes.ts'
import { FormProblem } from '../../problems.ts'
import { json, seeOther, type FlowReply } from '../../reply.ts'
import type { Submission } from '../../submission.ts'
import { texts } from '../../texts.ts'
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
export const addressesOf = (config: string): readonly CodeAddress[] =>
  (JSON.parse(config === '' ? '{}' : config) as { readonly addresses?: readonly CodeAddress[] }).addresses ?? []

/** The form for a code that was sent (strategy.go populateEmailSentFlow); what identifies is kept. */
export const showCodeForm = (visit: Visit, flow: Flow, kept: readonly UiNode[], parts: readonly UiNode[]): void => {
  resetMessages(flow.ui)
  flow.ui.nodes = [...kept]
  for (const node of parts.slice(0, 2)) upsert(flow.ui, node)
  append(flow.ui, ...parts.slice(2))
  flow.ui.method = 'POST'
  flow.ui.action = actionOf(visit, flow.kind, flow.id)
  if (flow.type === 'browser') upsert(flow.ui, csrfNode(visit.csrfToken('browser')))
}

/** Answers that a code was sent: with a 400, since nobody is signed in yet. */
export const sent = (visit: Visit, flow: Flow, form: Submission): FlowReply => {
  flow.active = NAME
  saveFlow(visit, flow)
  const extras = { transient_payload: form.transient }
  return visit.isJson ? json(flowJson(visit.world, flow, extras), 400) : seeOther(pageOf(visit, flow))
}

const EMAIL = /^[^\s@]+@[^\s@]+$/

/** What a recovery or a verification was submitted with. @throws FormProblem for what the schema of its body refuses. */
export const checkEmail = (visit: Visit, email: string): void => {
  if (email === '' || EMAIL.test(email)) return
  const message = violationMessage(
    'format',
    `${JSON.stringify(email)} is not valid "email"`,
    !visit.is13 && !visit.is254,
  )
  throw new FormProblem({ message, at: 'email' })
}

import { parseBool } from '../../go/number.ts'
import { methodOff } from '../../model/errors.ts'
import type { Flow, FlowKind } from '../../model/flow.ts'
import { putCsrf } from '../nodes.ts'
import { checkFlaws } from '../problems.ts'
import type { Submission } from '../submission.ts'
import type { Visit } from '../visit.ts'

/** What asks for a method that is not modelled, and so is off: a field that holds something, or its name. */
interface Asking {
  readonly kind: FlowKind
  readonly fields?: readonly string[]
  readonly name?: string
  readonly when?: (flow: Flow, visit: Visit) => boolean
  /** Of a login. */
  readonly isKey?: true
}

const inBrowser: Asking['when'] = ({ type }) => type === 'browser'
/** Before Kratos 26.2 no application asks for a passkey. */
const forPasskey: Asking['when'] = ({ type }, { knowsFormats }) => type === 'browser' || knowsFormats
const forSecond: Asking['when'] = ({ requested_aal }) => requested_aal === 'aal2'
const LOOKUP = ['regenerate', 'reveal', 'confirm', 'disable'].map((what) => `lookup_secret_${what}`)

const ASKING: readonly Asking[] = [
  { kind: 'login', name: 'totp', when: forSecond },
  { kind: 'login', name: 'lookup_secret', when: forSecond },
  { kind: 'login', name: 'webauthn', fields: ['webauthn_login'], when: inBrowser, isKey: true },
  { kind: 'login', name: 'passkey', fields: ['passkey_login'], when: forPasskey, isKey: true },
  { kind: 'registration', fields: ['passkey_register'], when: forPasskey },
  { kind: 'settings', name: 'totp', fields: ['totp_unlink', ...LOOKUP] },
  { kind: 'settings', fields: ['webauthn_register', 'webauthn_remove'], when: inBrowser },
  { kind: 'settings', fields: ['passkey_register', 'passkey_remove', 'link', 'unlink'] },
]

/** Switches of settings, and what Go reads each into. */
const SWITCHES: Readonly<Record<string, string>> = {
  totp_unlink: 'Totp',
  ...Object.fromEntries(LOOKUP.map((name) => [name, 'Lookup'])),
}

/** Whether somebody is to sign in or to register by another server. */
export const asksForProvider = (form: Submission): boolean =>
  form.get('provider') !== '' && ['', 'oidc'].includes(form.method.toLowerCase())

/** Refuses what asks for a method that is off (selfservice/strategy/{oidc,webauthn,passkey,totp,lookup}). @throws KratosError 404 */
export const refuseOff = (visit: Visit, flow: Flow, form: Submission): void => {
  if (flow.kind === 'settings') {
    for (const [name, reader] of Object.entries(SWITCHES))
      if (form.get(name) !== '' && parseBool(form.get(name)) === undefined)
        throw form.misread(
          `json: cannot unmarshal string into Go struct field updateSettingsFlowWith${reader}Method.${name} of type bool`,
        )
  }
  const isThere = (field: string): boolean =>
    field in SWITCHES
      ? parseBool(form.get(field)) === true
      : !['', 'false', ...(field === 'passkey_register' ? ['true'] : [])].includes(form.get(field))
  const isAsked = ({ kind, fields = [], name, when }: Asking): boolean =>
    kind === flow.kind && (when?.(flow, visit) ?? true) && (form.method === name || fields.some(isThere))
  if (flow.kind === 'login' && asksForProvider(form)) throw methodOff()
  const asking = ASKING.find(isAsked)
  if (asking === undefined) return
  // A key is read for by no link, and one that is no passkey is looked for by whose it is.
  if (asking.isKey === true) {
    if (flow.type === 'browser') putCsrf(visit, flow)
    form.whole()
    if (asking.name === 'webauthn') checkFlaws(form.flaws(), ...form.lacking('identifier'))
  }
  throw methodOff()
}

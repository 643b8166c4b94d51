import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import type { Hook } from '../model/selfservice.ts'
import { verifyAfter, type VerificationUi } from './verification-flow.ts'
import type { Visit } from './visit.ts'

/** The hooks that are configured after a flow's active method. */
export const hooksAfter = ({ config }: Visit, { kind }: Flow, method: string): readonly Hook[] =>
  config[kind].after[method] ?? config[kind].after[''] ?? []

/** What somebody is sent on with, and the page that a browser is sent to. */
export interface Onward {
  readonly identity: Identity
  readonly goesOn: readonly VerificationUi[]
  readonly page: string | undefined
}

/** Begins verifications, and shows them where that is configured; Kratos 1.3 always does. */
export const verificationsAfter = (visit: Visit, flow: Flow, identity: Identity, method: string): Onward => {
  const verifying = verifyAfter(visit, flow, identity)
  const hooks = hooksAfter(visit, flow, method)
  const session = hooks.indexOf('session')
  const shows = hooks.indexOf('show_verification_ui')
  // `session` answers a script, so that what stands behind it comes too late.
  const isShown = shows >= 0 && (session < 0 || shows < session || !(visit.isJson || flow.type === 'api'))
  const goesOn = visit.is13 || isShown ? verifying.uis : []
  return { identity: verifying.identity, goesOn, page: isShown ? goesOn[0]?.flow.url : undefined }
}

/** A login shows the verification of an address that is not verified yet, where that is configured. */
export const verifyUiAfterLogin = (visit: Visit, flow: Flow, identity: Identity): Onward =>
  hooksAfter(visit, flow, flow.active).includes('show_verification_ui')
    ? verificationsAfter(visit, flow, identity, flow.active)
    : { identity, goesOn: [], page: undefined }

import { KratosError } from '../../model/errors.ts'
import type { Flow } from '../../model/flow.ts'
import type { Identity } from '../../model/identity.ts'
import type { IdentityWork } from '../../api/identities/identity-work.ts'
import { NotResponsible } from '../problems.ts'
import type { FlowReply } from '../reply.ts'
import type { Submission } from '../submission.ts'
import type { Visit } from '../visit.ts'

/** A submission on its way through a flow. */
export interface Submitted {
  readonly visit: Visit
  /** A copy to work on. */
  readonly flow: Flow
  readonly form: Submission
}

/** What a method does in one kind of flow: it offers nodes, and takes the submissions that name it. */
interface Method<Result, Given = Submitted> {
  readonly name: string
  /** Puts its nodes into a form. */
  offer(visit: Visit, flow: Flow): void
  /** @throws NotResponsible for a submission of another method, FormProblem, KratosError. */
  submit(submitted: Given): Promise<Result>
}

/** A reply that ends the request, or who signed in. */
export interface LoginMethod extends Method<Identity | FlowReply> {
  readonly aal: 'aal1' | 'aal2'
  /** Puts nodes into the form of somebody who is asked once more. */
  offerAgain(visit: Visit, flow: Flow, identity: Identity): void
}

/** With all methods that one may register by. */
export interface RegistrationSubmitted extends Submitted {
  readonly methods: readonly RegistrationMethod[]
}

/** A reply that ends the request, or an identity to be made. */
export interface RegistrationMethod extends Method<IdentityWork | FlowReply, RegistrationSubmitted> {
  /** Puts nodes into the form of one who has given the traits and now chooses a credential. */
  offerCredentials(visit: Visit, flow: Flow): void
}

/** Undefined when the form is to be shown again, as it now is. */
export type RecoveryMethod = Method<FlowReply | undefined>
export type VerificationMethod = Method<FlowReply | undefined>

/** The identity as it is to become. */
export type SettingsMethod = Method<IdentityWork>

export const isReply = (result: object): result is FlowReply => 'kind' in result && !('traits' in result)

const DISABLED =
  'This endpoint was disabled by system administrator. Please check your url or contact the system administrator to enable it.'

/** Whether a submission is for a method (selfservice/flow/request.go MethodEnabledAndAllowed). @throws NotResponsible, KratosError 404. */
export const ensureMethod = (form: Submission, name: string, enabled: boolean): void => {
  if (form.method !== name) throw new NotResponsible()
  if (!enabled) throw new KratosError(404, { reason: DISABLED })
}

/** The first result of the methods that one is responsible for; undefined when none is. */
export const firstResult = async <Result, Given, M extends Method<Result, Given>>(
  methods: readonly (M & Method<Result, Given>)[],
  submitted: Given,
  failed: (method: M, problem: unknown) => FlowReply,
): Promise<{ readonly method: M; readonly result: Result } | { readonly reply: FlowReply } | undefined> => {
  for (const method of methods) {
    try {
      // Methods are asked in turn, as Kratos asks them.
      // oxlint-disable-next-line no-await-in-loop
      return { method, result: await method.submit(submitted) }
    } catch (problem) {
      if (!(problem instanceof NotResponsible)) return { reply: failed(method, problem) }
    }
  }
  return undefined
}

import { methodOff } from '../../model/errors.ts'
import type { Flow } from '../../model/flow.ts'
import type { Identity } from '../../model/identity.ts'
import type { IdentityWork } from '../../api/identities/identity-work.ts'
import type { SentTo } from '../codes.ts'
import { NotResponsible } from '../problems.ts'
import type { FlowReply } from '../reply.ts'
import type { Submission } from '../submission.ts'
import type { Visit } from '../visit.ts'

/** A submission on its way through a flow. */
export interface Submitted<Peer = unknown> {
  readonly visit: Visit
  /** A copy to work on. */
  readonly flow: Flow
  /** As it came. */
  readonly given: Flow
  readonly form: Submission
  /** All methods that are on. */
  readonly methods: readonly Peer[]
}

/**
 * What a method does in one kind of flow: it offers nodes, and takes the submissions that name it. It gives what came
 * of one, or a reply that ends the request.
 */
export interface Method<Result, Peer = unknown> {
  readonly name: string
  /** Puts its nodes into a form. */
  offer(visit: Visit, flow: Flow): void
  /** @throws NotResponsible for a submission of another method, FormProblem, KratosError. */
  submit(submitted: Submitted<Peer>): Promise<Result | FlowReply>
}

/** Who signs in. */
export interface LoginMethod extends Method<Identity> {
  readonly aal: 'aal1' | 'aal2'
  /** Puts nodes into the form of somebody who is asked once more. */
  offerAgain(visit: Visit, flow: Flow, identity: Identity): void
}

/** An identity to be made. */
export interface RegistrationMethod extends Method<IdentityWork, RegistrationMethod> {
  /** Puts nodes into the form of one who has given the traits and now chooses a credential. */
  offerCredentials(visit: Visit, flow: Flow): void
}

/** Whom the code or the link was sent to that came back; undefined when the form is to be shown again, as it now is. */
export interface LetterMethod extends Method<SentTo | undefined> {
  readonly name: 'code' | 'link'
}

/** The identity as it is to become. */
export type SettingsMethod = Method<IdentityWork>

/** Whether a submission is for a method (selfservice/flow/request.go MethodEnabledAndAllowed). @throws NotResponsible, KratosError 404. */
export const ensureMethod = (form: Submission, name: string, enabled: boolean): void => {
  if (form.method !== name) throw new NotResponsible()
  if (!enabled) throw methodOff()
}

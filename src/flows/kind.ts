import type { KratosError } from '../model/errors.ts'
import type { Flow, FlowKind } from '../model/flow.ts'
import type { FlowExtras } from './flow-json.ts'
import type { FlowType } from './flow-store.ts'
import type { Method, Submitted } from './methods/method.ts'
import type { NodeOrder } from './nodes.ts'
import type { FlowReply } from './reply.ts'
import type { Visit } from './visit.ts'

/** What is asked of a kind of flow: to begin one, natively or in a browser, to show one, to take a submission. */
export type Step = FlowType | 'get' | 'submit'

/** A kind of flow: what is its own of the way that all of them go (`walk.ts`). */
export interface Kind<Result, M extends Method<Result, M>> {
  readonly name: FlowKind
  /** In the order in which Kratos asks them (`asked`). */
  readonly methods: readonly M[]
  /** Whether letters lead to it: a link submits, too, and whoever comes too late is sent to another flow. */
  readonly byLetter?: true
  /** Answers who cannot have what is asked for. @throws KratosError */
  before?(visit: Visit, step: Step): FlowReply | undefined
  /** A flow that begins, not stored yet; one that letters lead to by a code or a link. @throws KratosError */
  begin(visit: Visit, type: FlowType, use?: 'code' | 'link'): Flow
  /** How a browser is told that none begins, where it is not sent to the page for errors. */
  notBegun?(visit: Visit, error: KratosError): FlowReply
  /** A flow to go on with in place of one that is over. */
  again(visit: Visit, flow: Flow): Flow
  /** Why a flow is not for whoever asks for it. */
  unfit?(visit: Visit, flow: Flow, step: 'get' | 'submit'): KratosError | undefined
  /** Answers who must not submit. @throws KratosError */
  admit?(visit: Visit, flow: Flow): FlowReply | undefined
  /** What becomes of a form whose submission cannot be read. */
  unread?(visit: Visit, flow: Flow): void
  /** Answers what a method gave. @throws FormProblem, KratosError */
  finish(submitted: Submitted<M>, result: Result, method: M): FlowReply
  /** What is wrong with a submission that no method is responsible for, beside that. @throws FormProblem */
  unclaimed?(submitted: Submitted<M>): void
  /** How its nodes are sorted when something is wrong. */
  order?(visit: Visit, flow: Flow): NodeOrder
  /** How a browser is sent to a form with something wrong in it, where that is not 303. */
  readonly redirectOfFlaws?: 302
  /** Whether messages that are there already stay when something is wrong. */
  readonly keepsMessages?: true
  /** What an answer shows beside the flow. */
  extras?(visit: Visit): FlowExtras
}

const FIRST_OF_13: readonly string[] = ['oidc', 'password']

/** All methods in the order in which a release asks them: Kratos 1.3 asks for a password and social sign-in first. */
export const asked = <M extends Method<unknown, never>>(methods: readonly M[], { is13 }: Visit): readonly M[] =>
  is13 ? methods.toSorted((a, b) => FIRST_OF_13.indexOf(b.name) - FIRST_OF_13.indexOf(a.name)) : methods

/** The methods that are on, which a form offers; a profile cannot be off, and social sign-in not on. */
export const offered = <M extends Method<unknown, never>>(methods: readonly M[], visit: Visit): readonly M[] =>
  asked(methods, visit).filter(
    ({ name }) => name !== 'oidc' && (name === 'profile' || visit.config[name as 'password' | 'code' | 'link'].enabled),
  )

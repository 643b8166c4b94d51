import type { OperationId } from '../model/operations.ts'
import type { Query } from '../go/query.ts'

/** What of a request rules can match. Costly parts are worked out when a rule asks for them. */
export interface Facts {
  readonly operation: OperationId | undefined
  readonly method: string
  /** As it was routed. */
  readonly path: string
  /** As it was sent, without the root of its project. */
  readonly sentPath: string
  readonly query: Query
  /** @param name in lower case. */
  header(name: string): string | undefined
  /** Whom the request is about: canonical ids. */
  readonly identity: string | undefined
  readonly session: string | undefined
  /** The self-service flow that it reads or submits. */
  readonly flow: string | undefined
  /** Whether it asks for a page of a list that is not the first. */
  readonly later: boolean
}

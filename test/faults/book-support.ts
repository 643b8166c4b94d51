import { FaultBook } from '../../src/faults/book.ts'
import type { Facts } from '../../src/faults/facts.ts'
import type { OperationId } from '../../src/model/operations.ts'
import { Query } from '../../src/go/query.ts'
import { Random } from '../../src/world/random.ts'

/** A book whose clock the test moves, in seconds. */
export const bookAt = (seed = 1): { book: FaultBook; clock: { seconds: number } } => {
  const clock = { seconds: 1_000_000 }
  const random = new Random(seed)
  return { book: new FaultBook({ now: () => clock.seconds * 1e6, random: () => random.number() }), clock }
}

export interface RequestParts {
  readonly operation?: OperationId | undefined
  readonly method?: string
  readonly path?: string
  readonly sentPath?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly identity?: string
  readonly session?: string
  readonly flow?: string
  readonly later?: boolean
}

/** A request as rules see it. */
export const request = (parts: RequestParts = {}): Facts => {
  const path = parts.path ?? '/admin/identities'
  return {
    operation: 'operation' in parts ? parts.operation : 'listIdentities',
    method: parts.method ?? 'GET',
    path,
    sentPath: parts.sentPath ?? path,
    query: new Query(parts.query ?? ''),
    header: (name) => parts.headers?.[name],
    identity: parts.identity,
    session: parts.session,
    flow: parts.flow,
    later: parts.later ?? false,
  }
}

/** Which of a number of like requests a book faults, as `x` and `.`. */
export const pattern = (book: FaultBook, requests: number, parts: RequestParts = {}): string =>
  Array.from({ length: requests }, () => (book.decide(request(parts)) === undefined ? '.' : 'x')).join('')

import type { OperationId } from '../model/operations.ts'
import type { Window } from '../world/kept.ts'
import type { Projects } from '../world/projects.ts'
import type { Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'
import type { Wire } from './wire.ts'

/** As much of a request as a kept page depends on. */
export interface PlainRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Header names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
}

/** A page, and what the journal says of a request for it. */
interface KeptPage {
  readonly answer: Answer
  readonly operation: OperationId | undefined
  readonly identity: string | undefined
}

/** Keeps a page of the root project for the next request with the same target. */
export const keepPage = (exchange: Exchange, answer: Answer, fresh: Window): void => {
  const { world, wire } = exchange
  if (wire === undefined || exchange.root !== '' || exchange.authorized) return
  const page: KeptPage = { answer, operation: exchange.operation?.id, identity: exchange.identity }
  world.pages.keep(`${exchange.server} ${wire.target}`, world.store.tables, fresh, page, answer.body.length + wire.target.length)
}

/**
 * A page that was served before, without a look at routes, rules or rows. It is only for requests that nothing
 * else has a say in: no fault is armed or brought along, no token is asked for, no project chosen by one.
 */
export const recallPage = (projects: Projects, request: PlainRequest, server: Wire['server']): Answer | undefined => {
  const { method, url, headers } = request
  const { world } = projects.root
  if (method !== 'GET' || url === undefined || world.faults.armed || world.tokens.length > 0) return undefined
  if (headers['ory-mock-fault'] !== undefined || (headers.authorization !== undefined && projects.chosenByToken)) return undefined
  const started = world.journal.stopwatch()
  const page = world.pages.recall(`${server} ${url}`, world.store.tables, world.clock.now()) as KeptPage | undefined
  if (page === undefined) return undefined
  const { answer, operation, identity } = page
  world.journal.record({ method, target: url, operation, identity, headers: request.rawHeaders, status: answer.status, started })
  return answer
}

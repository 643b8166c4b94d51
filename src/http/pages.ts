import type { Facts } from '../faults/facts.ts'
import type { KeptResponse } from '../journal/entry.ts'
import { keptHeaders, keptTarget } from '../journal/head.ts'
import type { Validity } from '../model/time.ts'
import type { Projects } from '../world/projects.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange } from '../api/exchange.ts'
import { ExchangeFacts } from './faults/facts.ts'
import type { Wire } from '../model/wire.ts'

/** As much of a request as a kept page depends on. */
export interface PlainRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Header names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
}

/** A page, and what the journal and fault rules know of a request for it. */
interface KeptPage {
  readonly answer: Answer
  /** Without headers: those are the request's own. */
  readonly facts: Facts
  readonly response: KeptResponse
}

/** Keeps a page of the root project for the next request with the same target. */
export const keepPage = (exchange: Exchange, answer: Answer, fresh: Validity, response: KeptResponse): void => {
  const { world, wire } = exchange
  // Of a page for browsers of other origins each answer is its own.
  if (world.cors.length > 0 && exchange.side === 'public') return
  if (wire === undefined || !wire.target.startsWith('/') || exchange.root !== '' || exchange.authorized) return
  const { operation, method, path, sentPath, query, identity, session, later } = new ExchangeFacts(exchange)
  const page: KeptPage = {
    answer,
    response,
    facts: {
      operation,
      method,
      path,
      sentPath,
      query,
      identity,
      session,
      flow: undefined,
      later,
      header: () => undefined,
    },
  }
  world.pages.keep(
    `${exchange.server} ${wire.target}`,
    world.store.tables,
    fresh,
    page,
    answer.body.length + wire.target.length,
  )
}

/**
 * A page that was served before, without a look at routes, rules or rows. It is only for requests that nothing
 * else has a say in: no fault rule matches and none is brought along, no token is asked for, no project chosen by one.
 */
export const recallPage = (projects: Projects, request: PlainRequest, server: Wire['server']): Answer | undefined => {
  const { method, url, headers } = request
  const { world } = projects.root
  if (method !== 'GET' || url === undefined || world.tokens.length > 0) return undefined
  if (headers['ory-mock-fault'] !== undefined || (headers.authorization !== undefined && projects.chosenByToken))
    return undefined
  const started = world.journal.stopwatch()
  const page = world.pages.recall(`${server} ${url}`, world.store.tables, world.clock.now()) as KeptPage | undefined
  if (page === undefined) return undefined
  const { answer, facts, response } = page
  const { faults } = world
  if (faults.armed) {
    const header = (name: string): string | undefined => headers[name]?.toString()
    if (faults.concerns(faults.asksForHeaders ? { ...facts, header } : facts)) return undefined
  }
  const { operation, identity } = facts
  world.journal.record({
    method,
    target: keptTarget(url),
    operation,
    identity,
    headers: keptHeaders(request.rawHeaders),
    status: answer.status,
    started,
    response,
  })
  return answer
}

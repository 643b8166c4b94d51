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
}

/** Keeps a page of the root project for the next request with the same target. */
export const keepPage = (exchange: Exchange, answer: Answer, fresh: Window): void => {
  const { world, wire } = exchange
  if (wire === undefined || exchange.root !== '' || exchange.authorized) return
  world.pages.keep(`${exchange.server} ${wire.target}`, world.store.tables, fresh, answer, answer.body.length + wire.target.length)
}

/**
 * A page that was served before, without a look at routes, rules or rows. It is only for requests that nothing
 * else has a say in: no fault is armed or brought along, no token is asked for, no project chosen by one.
 */
export const recallPage = (projects: Projects, { method, url, headers }: PlainRequest, server: Wire['server']): Answer | undefined => {
  const { world } = projects.root
  if (method !== 'GET' || url === undefined || world.faults.armed || world.tokens.length > 0) return undefined
  if (headers['ory-mock-fault'] !== undefined || (headers.authorization !== undefined && projects.chosenByToken)) return undefined
  return world.pages.recall(`${server} ${url}`, world.store.tables, world.clock.now()) as Answer | undefined
}

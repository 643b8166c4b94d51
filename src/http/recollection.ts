import type { Exchange, Routing } from '../api/exchange.ts'
import { callerKey } from '../api/sessions/caller-token.ts'
import type { Query } from '../go/query.ts'
import type { Answer, Parcel } from '../model/answer.ts'
import { framed } from './deliver.ts'
import { holds, type Made, type Memory } from '../world/memory.ts'

/** What is known of a target that was asked for before: where it leads, and its query, which is parsed when asked for. */
export interface KnownTarget {
  readonly routing: Routing
  readonly query: Query
}

/** Where a project keeps its targets. */
export const targetsOf = ({ world }: Pick<Exchange, 'world'>): Memory<KnownTarget> =>
  world.targets as Memory<KnownTarget>

/** What is about the caller is answered to each by its own. */
const keyOf = (exchange: Exchange): string => {
  const { key, operation } = exchange
  return operation?.about === 'caller' ? `${key}\n${callerKey(exchange)}` : key
}

/** What a GET was answered before, while nothing that its answer depends on has changed. */
export const recall = (exchange: Exchange): Parcel | undefined => {
  const { world, method } = exchange
  if (method !== 'GET' || exchange.key === '') return undefined
  const made = world.answers.recall(keyOf(exchange))
  return made !== undefined && holds(made, world.store.tables, world.clock.now()) ? made.value : undefined
}

/** The parcel of an answer, kept for the next time where it depends on data and clock alone. */
export const pack = (exchange: Exchange, answer: Answer): Parcel => {
  const { world, method, key, routing, sentQuery: query } = exchange
  const parcel = framed(exchange, answer)
  const { fresh: validity } = answer
  if (validity === undefined || method !== 'GET' || key === '') return parcel
  const { tables } = world.store
  const weight = parcel.placed.size + key.length
  const isGood = (made: Made<unknown>): boolean => made.tables === tables
  const answerKey = keyOf(exchange)
  if (!world.answers.isKnown(answerKey)) return parcel
  const value = parcel.alone()
  if (world.answers.hold(answerKey, { value, tables, validity }, weight, isGood))
    targetsOf(exchange).hold(key, { routing, query }, key.length * 4)
  return value
}

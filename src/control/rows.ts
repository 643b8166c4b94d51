import { parseUuid } from '../go/uuid.ts'
import { ownedRange } from '../store/tables.ts'
import type { World } from '../world/world.ts'
import { refuse } from './inputs.ts'

/** The ids of a list in its order, as no fault and no quirk bends it. */
export interface Rows {
  readonly ids: readonly string[]
  readonly total: number
}

const MOST = 1000

const count = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name) ?? String(otherwise)
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw refuse(`${name} is a whole number, not ${JSON.stringify(text)}.`)
}

/**
 * What a list would give.
 * @param query `list`: an operation that lists rows of the admin API; `identity`: whose, for `listIdentitySessions`;
 * `from`: how many to pass over, default 0; `count`: how many at most, up to 1,000, which is the default.
 * @throws KratosError 400.
 */
export const rowsOfList = (world: World, query: URLSearchParams): Rows => {
  const { identities, created, owned } = world.store.tables
  const from = count(query, 'from', 0)
  const to = from + Math.min(count(query, 'count', MOST), MOST)
  const list = query.get('list')
  if (list === 'listIdentities') return { ids: identities.slice(from, to).map(({ id }) => id), total: identities.size }
  if (list === 'listSessions') return { ids: created.slice(from, to).map(({ id }) => id), total: created.size }
  if (list !== 'listIdentitySessions') throw refuse('list is listIdentities, listSessions or listIdentitySessions.')
  const id = parseUuid(query.get('identity') ?? '')
  if (typeof id !== 'string') throw refuse(`identity is a UUID: ${id.error}.`)
  const [start, end] = ownedRange(world.store.tables, id)
  const rows = owned.slice(Math.min(start + from, end), Math.min(start + to, end))
  return { ids: rows.map((row) => row.id), total: end - start }
}

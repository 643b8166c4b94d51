import { textOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { World } from '../../world/world.ts'
import { parseInt64, wrap64 } from '../../go/number.ts'
import { decodeOffset, guessOffset } from './offset-token.ts'

/** Which page of a list by offset a request asks for; the page counts from 0. */
export interface OffsetPage {
  readonly page: bigint
  readonly size: bigint
}

const DEFAULT_SIZE = 250n
const MAX_SIZE = 1000n

const clamp = (size: bigint): bigint => (size < 1n ? 1n : size > MAX_SIZE ? MAX_SIZE : size)

const refuse = (name: string, value: string, what: string): never => {
  throw new KratosError(400, { reason: `The value \`${textOf(value)}\` of parameter \`${name}\` is not ${what}.` })
}

const integer = (query: Query, name: string): bigint | undefined => {
  if (!query.has(name)) return undefined
  return parseInt64(query.get(name)) ?? refuse(name, query.get(name), 'an integer')
}

/** As the API reference has it: what cannot be read is refused, whichever parameter would win. */
const strict = (query: Query): { size: bigint; perPage: bigint; page: bigint; offset: bigint } => {
  const token = query.get('page_token')
  return {
    size: integer(query, 'page_size') ?? DEFAULT_SIZE,
    perPage: integer(query, 'per_page') ?? DEFAULT_SIZE,
    page: integer(query, 'page') ?? 0n,
    // Kratos' own command line always sends `page_token=`.
    offset: token === '' ? 0n : (decodeOffset(token) ?? refuse('page_token', token, 'a page token of this list')),
  }
}

const lenient = (query: Query): ReturnType<typeof strict> => ({
  size: parseInt64(query.get('page_size')) ?? DEFAULT_SIZE,
  perPage: parseInt64(query.get('per_page')) ?? DEFAULT_SIZE,
  page: parseInt64(query.get('page')) ?? 0n,
  offset: guessOffset(query.get('page_token')),
})

/**
 * Reads `page_token` and `page_size`, or else `page` and `per_page`
 * (oryx/pagination/migrationpagination/pagination.go:29-34).
 */
export const offsetPage = (query: Query, profile: Profile): OffsetPage => {
  const asked = profile.has.paginationIgnoresGarbage ? lenient(query) : strict(query)
  if (query.has('page_token') || query.has('page_size')) {
    const size = clamp(asked.size)
    return { size, page: asked.offset <= 0n ? 0n : asked.offset / size }
  }
  return { size: clamp(asked.perPage), page: asked.page < 0n ? 0n : asked.page }
}

/** The rows `[from, to)` of a page, within `total`. */
export const rowsOf = (
  { page, size }: OffsetPage,
  total: number,
  { profile, database }: Pick<World, 'profile' | 'database'>,
): readonly [from: number, to: number] => {
  // pop counts pages from 1 and takes 0 for 1 (pop: paginator.go:55-65), in int64.
  const before = profile.has.firstPageTwice && page > 0n ? page - 1n : page
  const from = database === undefined ? before * size : wrap64(before * size)
  if (from < 0n) database?.negativeOffset(from, 1)
  if (from >= BigInt(total)) return [total, total]
  const start = from < 0n ? 0 : Number(from)
  return [start, Math.min(total, start + Number(size))]
}

import { textOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { World } from '../../world/world.ts'
import { parseInt64, wrap64 } from '../../go/number.ts'
import { fromBase64Url, toBase64Url } from '../../go/base64.ts'

/** The page token of a list by offset: base64url without padding of `{"offset":"250","v":2}` (oryx/pagination/tokenpagination). */
export const encodeOffset = (offset: bigint): string => toBase64Url(`{"offset":"${offset}","v":2}`)

/** The offset of a token that this mock could have given, or undefined. */
const decodeOffset = (token: string): bigint | undefined => {
  const found = /^\{"offset":"(0|[1-9][0-9]{0,17})","v":2\}$/.exec(fromBase64Url(token) ?? '')
  return found === null ? undefined : BigInt(found[1]!)
}

const PAIR = /[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([-+0-9.eE]+)|(true|false|null))/y

/** The offset that Kratos reads from any text: gjson takes what it can find, everything else is 0. */
const guessOffset = (token: string): bigint => {
  const json = fromBase64Url(token) ?? ''
  const start = json.search(/[{[]/)
  if (start < 0 || json[start] === '[') return 0n
  PAIR.lastIndex = start + 1
  for (let pair = PAIR.exec(json); pair !== null; pair = PAIR.exec(json)) {
    const [, key, text, number, literal] = pair
    if (key !== 'offset') continue
    if (literal !== undefined) return literal === 'true' ? 1n : 0n
    if (number !== undefined) {
      const value = Number(number)
      return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n
    }
    return /^-?[0-9]+$/.test(text!) ? BigInt.asIntN(64, BigInt(text!)) : 0n
  }
  return 0n
}

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

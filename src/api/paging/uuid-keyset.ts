import { quote, unescapeBytes, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import { NIL_UUID, parseUuid } from '../../go/uuid.ts'
import { atoiError, parseInt64 } from '../../go/number.ts'

const DEFAULT_SIZE = 250

/** A page of a list by id: what comes after a row. */
export interface UuidKeyset {
  readonly after: string
  /** The same as it was sent. */
  readonly spelled: Bytes
  /** Negative as it was asked for; the caller knows what its release makes of that. */
  readonly size: number
}

const sizeOf = (text: Bytes, most: number): number => {
  if (text === '') return DEFAULT_SIZE
  const size = parseInt64(text)
  if (size === undefined) throw new KratosError(400, { reason: atoiError(text) })
  return size === 0n ? DEFAULT_SIZE : Math.min(Number(size), most)
}

/** Reads `page_token`, the id of the row before, and `page_size` (oryx/pagination/keysetpagination). @throws KratosError 400. */
export const uuidKeyset = (query: Query, size: Bytes, most: number): UuidKeyset => {
  const token = query.all('page_token').find((value) => value !== '')
  if (token === undefined) return { after: NIL_UUID, spelled: NIL_UUID, size: sizeOf(size, most) }
  const plain = unescapeBytes(token, true)
  if (plain === undefined) {
    const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(token)![0]
    throw new KratosError(400, { reason: `invalid URL escape ${quote(bad)}` })
  }
  const length = sizeOf(size, most)
  const after = parseUuid(plain)
  if (typeof after !== 'string')
    throw new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })
  return { after, spelled: plain, size: length }
}

export { DEFAULT_SIZE as DEFAULT_KEYSET_SIZE }

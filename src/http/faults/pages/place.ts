import type { Bytes } from '../../../go/bytes.ts'
import { NIL_UUID } from '../../../go/uuid.ts'
import { fromBase64 } from '../../../go/base64.ts'
import { offsetPage, type OffsetPage } from '../../../api/paging/offset.ts'
import type { Exchange } from '../../../api/exchange.ts'

/** Whether a list is asked for by number: all lists by offset, and one by keyset that is asked in the old way. */
export const isNumbered = ({ operation, query }: Exchange): boolean =>
  operation?.lists === 'offset' || (query.has('page') && !query.has('page_token') && !query.has('page_size'))

/** Which page a numbered list is asked for; undefined where the query cannot be read. */
export const numberedPage = ({ query, world }: Exchange): OffsetPage | undefined => {
  try {
    return offsetPage(query, world.profile)
  } catch {
    return undefined
  }
}

/** Whether a keyset token starts before every row, as the one of `rel="first"` does. */
const isFirstToken = (token: Bytes): boolean =>
  token === NIL_UUID || fromBase64(token)?.includes(`id=${NIL_UUID}`) === true

/** The token that a keyset list is asked for, or undefined. */
export const keysetToken = ({ query }: Exchange): Bytes | undefined =>
  query.all('page_token').find((token) => token !== '')

/** Whether a request asks for a page of a list that is not the first. */
export const isLaterPage = (exchange: Exchange): boolean => {
  if (exchange.operation?.lists === undefined) return false
  if (isNumbered(exchange)) return (numberedPage(exchange)?.page ?? 0n) > 0n
  const token = keysetToken(exchange)
  return token !== undefined && !isFirstToken(token)
}

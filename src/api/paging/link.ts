import { wrap64 } from '../../go/number.ts'
import { encodeOffset } from './offset-token.ts'
import type { OffsetPage } from './offset.ts'
import type { Exchange } from '../exchange.ts'

type Relation = readonly [rel: string, offset: bigint]

/** Which links a page has, and the page size that they name (oryx/pagination/header.go:26-82). */
const relations = (
  { page, size }: OffsetPage,
  total: bigint,
  exchange: Exchange,
): readonly [size: bigint, Relation[]] => {
  const { profile, database } = exchange.world
  const wrap = database === undefined ? (value: bigint): bigint => value : wrap64
  const offset = wrap(page * size)
  const lastOffset = total % size === 0n ? total - size : (total / size) * size
  const first: Relation = ['first', 0n]
  const next: Relation = ['next', wrap((page + 1n) * size)]
  const prev: Relation = ['prev', wrap((page - 1n) * size)]
  if (offset >= lastOffset) {
    if (total === 0n) return [size, profile.has.emptyListLinks ? [first, next, prev] : [first]]
    // A list that fits on one page gets its own length for a size.
    return total <= size ? [total, [first]] : [size, [first, ['prev', lastOffset - size]]]
  }
  const last: Relation = ['last', lastOffset]
  // The first page, and an offset that wrapped below zero, point to the second chunk.
  return [size, offset < size ? [['next', size], last] : [first, next, prev, last]]
}

/** One link to the list that was asked for, with some of its parameters set; the others are kept. */
export const linkTo = (
  exchange: Exchange,
  rel: string,
  set: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): string =>
  `<${exchange.origin}${exchange.root}${exchange.shown}?${exchange.sentQuery.encodeWith(set, without)}>; rel="${rel}"`

/** The `Link` header of a list by offset; it names each page in both ways of asking for it. */
export const offsetLink = (exchange: Exchange, page: OffsetPage, total: number): string => {
  const [size, links] = relations(page, BigInt(total), exchange)
  const length = String(size)
  return links
    .map(([rel, offset]) => {
      const number = String(offset / size)
      return linkTo(exchange, rel, {
        page: number,
        page_size: length,
        page_token: encodeOffset(offset),
        per_page: length,
      })
    })
    .join(',')
}

/** The `Link` header of a list by page number alone. */
export const pageLink = (exchange: Exchange, page: OffsetPage, total: number): string => {
  const [size, links] = relations(page, BigInt(total), exchange)
  return links
    .map(([rel, offset]) => linkTo(exchange, rel, { page: String(offset / size), per_page: String(size) }))
    .join(',')
}

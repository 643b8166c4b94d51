import { wrap64 } from '../../go/number.ts'
import type { PageLink } from '../../model/list.ts'
import type { Exchange } from '../exchange.ts'
import { encodeOffset, type OffsetPage } from './offset.ts'

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

const BOTH_WAYS = ['page', 'page_size', 'page_token', 'per_page']
const BY_NUMBER = ['page', 'per_page']

/** The links of a list by offset; each names its page in both ways of asking for it. */
export const offsetLinks = (exchange: Exchange, page: OffsetPage, total: number): PageLink[] => {
  const [size, links] = relations(page, BigInt(total), exchange)
  const length = String(size)
  const encode = exchange.sentQuery.encoder(BOTH_WAYS)
  return links.map(([rel, offset]) => ({
    rel,
    query: encode([String(offset / size), length, encodeOffset(offset), length]),
  }))
}

/** The links of a list by page number alone. */
export const numberLinks = (exchange: Exchange, page: OffsetPage, total: number): PageLink[] => {
  const [size, links] = relations(page, BigInt(total), exchange)
  const encode = exchange.sentQuery.encoder(BY_NUMBER)
  return links.map(([rel, offset]) => ({ rel, query: encode([String(offset / size), String(size)]) }))
}

/** The tokens of the first page of a list, and of the next one when there is one. */
interface Tokens {
  readonly first: string
  readonly next: string | undefined
}

/** The links of a list by keyset. @param without parameters of the request that they do not keep. */
export const keysetLinks = (
  { sentQuery }: Exchange,
  size: number,
  { first, next }: Tokens,
  without: readonly string[] = [],
): PageLink[] => {
  const encode = sentQuery.encoder(['page_size', 'page_token'], without)
  const link = (rel: string, token: string): PageLink => ({ rel, query: encode([String(size), token]) })
  return next === undefined ? [link('first', first)] : [link('first', first), link('next', next)]
}

import type { Validity } from './time.ts'

/** Where another page of a list is: one entry of its `Link` header. */
export interface PageLink {
  /** `first`, `prev`, `next` or `last`. */
  readonly rel: string
  /** What to ask the same list for: what stands behind the `?`. */
  readonly query: string
}

/** A page of a list until it is sent. */
export interface List {
  /** Each as JSON text. */
  readonly items: readonly string[]
  /** In the order in which they are sent. */
  readonly links: readonly PageLink[]
  /** How many items all pages have together; undefined where the list does not say so. */
  readonly total: number | undefined
  /** Whether it is sent as `null`, as Go writes a slice that nobody made, and not as `[]`. */
  readonly isNil?: boolean
  /** How long it may be given again while the data is the same, as of an `Answer`. */
  readonly fresh?: Validity | undefined
}

/** The query of the page that stands in a relation to this one. */
export const linkedQuery = ({ links }: List, rel: string): string | undefined =>
  links.find((link) => link.rel === rel)?.query

/** A list with one of its links changed, added at the end, or, without a query, left out. */
export const withLink = (list: List, rel: string, query: string | undefined): List => {
  const { links } = list
  if (query === undefined) return { ...list, links: links.filter((link) => link.rel !== rel) }
  const isThere = linkedQuery(list, rel) !== undefined
  const changed = links.map((link) => (link.rel === rel ? { rel, query } : link))
  return { ...list, links: isThere ? changed : [...links, { rel, query }] }
}

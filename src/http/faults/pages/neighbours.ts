import { encodeOffset } from '../../../api/paging/offset-token.ts'
import type { Exchange } from '../../../api/exchange.ts'
import { linkTo } from '../../../api/paging/link.ts'
import type { Route } from '../../../api/route-table.ts'
import { linkFor, queryOf, readLinks, withLink } from './links.ts'
import { askAgain, readPage, type Page } from './page.ts'
import { isNumbered, keysetToken, numberedPage } from './place.ts'

/** The most that a list gives at a time. */
const MAX_SIZE = '1000'

const targetOf = (exchange: Exchange, set: Readonly<Record<string, string>>): string =>
  linkFor(readLinks(linkTo(exchange, 'self', set)), 'self')!

/** A link to the very page that was asked for, in all the ways in which clients read one. */
export const selfTarget = (exchange: Exchange, { links }: Page): string => {
  if (!isNumbered(exchange)) {
    const token = keysetToken(exchange)
    return (
      (token === undefined ? linkFor(links, 'first') : undefined) ?? targetOf(exchange, { page_token: token ?? '' })
    )
  }
  const asked = numberedPage(exchange)
  if (asked === undefined) return targetOf(exchange, {})
  const [page, size] = [String(asked.page), String(asked.size)]
  if (exchange.operation?.lists === 'keyset') return targetOf(exchange, { page, per_page: size })
  return targetOf(exchange, {
    page,
    page_size: size,
    page_token: encodeOffset(asked.page * asked.size),
    per_page: size,
  })
}

/** The page after this one, when there is one. */
export const nextPage = async (exchange: Exchange, route: Route, { links }: Page): Promise<Page | undefined> => {
  const next = linkFor(links, 'next')
  return next === undefined ? undefined : readPage(await askAgain(exchange, route, queryOf(next)))
}

const formerNumbered = async (exchange: Exchange, route: Route): Promise<Page | undefined> => {
  const asked = numberedPage(exchange)
  if (asked === undefined || asked.page === 0n) return undefined
  const { query } = exchange
  const page = asked.page - 1n
  const byToken = query.has('page_token') || query.has('page_size')
  const set: Readonly<Record<string, string>> = byToken
    ? { page_token: encodeOffset(page * asked.size) }
    : { page: String(page) }
  return readPage(await askAgain(exchange, route, query.encodeWith(set)))
}

/** The beginning of an item's text, which its id makes its own. */
const headOf = (item: string): string => item.slice(0, item.indexOf(',"'))

/** A keyset only leads forward: its pages are walked from the first one up to this. */
const formerKeyset = async (exchange: Exchange, route: Route, page: Page): Promise<Page | undefined> => {
  const { query } = exchange
  const size = Number(new URLSearchParams(queryOf(linkFor(page.links, 'first') ?? '')).get('page_size') ?? MAX_SIZE)
  const here = page.items[0] === undefined ? undefined : headOf(page.items[0])
  let before: string[] = []
  let ask: string | undefined = query.encodeWith({ page_token: '', page_size: MAX_SIZE })
  while (ask !== undefined) {
    const walked = readPage(await askAgain(exchange, route, ask))
    if (walked === undefined) break
    const at = here === undefined ? -1 : walked.items.findIndex((item) => item.startsWith(here))
    before = [...before, ...(at < 0 ? walked.items : walked.items.slice(0, at))].slice(-size)
    const next = linkFor(walked.links, 'next')
    ask = at >= 0 || next === undefined ? undefined : queryOf(next)
  }
  if (before.length === 0) return undefined
  return { ...page, items: before, links: withLink(page.links, 'next', selfTarget(exchange, page)) }
}

/** The page before this one, when there is one. */
export const formerPage = (exchange: Exchange, route: Route, page: Page): Promise<Page | undefined> =>
  isNumbered(exchange) ? formerNumbered(exchange, route) : formerKeyset(exchange, route, page)

import type { Exchange } from '../../../api/exchange.ts'
import { encodeOffset } from '../../../api/paging/offset.ts'
import { Query } from '../../../go/query.ts'
import { KratosError } from '../../../model/errors.ts'
import { linkedQuery, withLink, type List } from '../../../model/list.ts'
import { isNumbered, keysetToken, numberedPage } from './place.ts'

/** The most that a list gives at a time. */
const MAX_SIZE = '1000'

/** What asks for the very page that was asked for, in all the ways in which clients read a link. */
export const selfQuery = (exchange: Exchange, list: List): string => {
  const { sentQuery: query } = exchange
  if (!isNumbered(exchange)) {
    const token = keysetToken(exchange)
    const first = token === undefined ? linkedQuery(list, 'first') : undefined
    return first ?? query.encodeWith({ page_token: token ?? '' })
  }
  const asked = numberedPage(exchange)
  if (asked === undefined) return query.encodeWith({})
  const [page, size] = [String(asked.page), String(asked.size)]
  if (exchange.operation?.lists === 'keyset') return query.encodeWith({ page, per_page: size })
  const page_token = encodeOffset(asked.page * asked.size)
  return query.encodeWith({ page, page_size: size, page_token, per_page: size })
}

/** What the same list gives to another query; undefined where that is no page. */
const ask = async (exchange: Exchange, query: string): Promise<List | undefined> => {
  try {
    const reply = await exchange.routing.route(exchange.withQuery(query))
    return 'items' in reply && reply.isNil !== true ? reply : undefined
  } catch (error) {
    if (error instanceof KratosError) return undefined
    throw error
  }
}

/** The page after this one, when there is one. */
export const nextPage = async (exchange: Exchange, list: List): Promise<List | undefined> => {
  const next = linkedQuery(list, 'next')
  return next === undefined ? undefined : ask(exchange, next)
}

const formerNumbered = async (exchange: Exchange): Promise<List | undefined> => {
  const asked = numberedPage(exchange)
  if (asked === undefined || asked.page === 0n) return undefined
  const { query } = exchange
  const page = asked.page - 1n
  const byToken = query.has('page_token') || query.has('page_size')
  const set: Readonly<Record<string, string>> = byToken
    ? { page_token: encodeOffset(page * asked.size) }
    : { page: String(page) }
  return ask(exchange, query.encodeWith(set))
}

/** The beginning of an item's text, which its id makes its own. */
const headOf = (item: string): string => item.slice(0, item.indexOf(',"'))

/** A keyset only leads forward: its pages are walked from the first one up to this. */
const formerKeyset = async (exchange: Exchange, list: List): Promise<List | undefined> => {
  const size = Number(new Query(linkedQuery(list, 'first') ?? '').get('page_size') || MAX_SIZE)
  const here = list.items[0] === undefined ? undefined : headOf(list.items[0])
  let before: string[] = []
  let query: string | undefined = exchange.query.encodeWith({ page_token: '', page_size: MAX_SIZE })
  while (query !== undefined) {
    const walked: List | undefined = await ask(exchange, query)
    if (walked === undefined) break
    const at = here === undefined ? -1 : walked.items.findIndex((item) => item.startsWith(here))
    before = [...before, ...(at < 0 ? walked.items : walked.items.slice(0, at))].slice(-size)
    query = at < 0 ? linkedQuery(walked, 'next') : undefined
  }
  if (before.length === 0) return undefined
  return withLink({ ...list, items: before }, 'next', selfQuery(exchange, list))
}

/** The page before this one, when there is one. */
export const formerPage = (exchange: Exchange, list: List): Promise<List | undefined> =>
  isNumbered(exchange) ? formerNumbered(exchange) : formerKeyset(exchange, list)

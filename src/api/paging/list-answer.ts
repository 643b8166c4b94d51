import type { Answer } from '../../model/answer.ts'
import type { List } from '../../model/list.ts'
import type { Exchange } from '../exchange.ts'
import { jsonAnswer, lasting } from '../json.ts'

/** What the head of a list says of its pages; the links keep all that the request asked for besides. */
export const listHeaders = (
  { origin, root, shown }: Exchange,
  { links, total }: Pick<List, 'links' | 'total'>,
): Readonly<Record<string, string>> => {
  const place = `${origin}${root}${shown}`
  const Link = links.map(({ rel, query }) => `<${place}?${query}>; rel="${rel}"`).join(',')
  return total === undefined ? { Link } : { Link, 'X-Total-Count': String(total) }
}

/** A page of a list as it is sent. */
export const listAnswer = (exchange: Exchange, list: List): Answer => {
  // Concatenated, it is copied once, when it is sent.
  let items = ''
  for (const item of list.items) items += items === '' ? item : `,${item}`
  const answer = jsonAnswer(list.isNil === true ? 'null' : `[${items}]`, listHeaders(exchange, list))
  return list.fresh === undefined ? answer : lasting(answer, list.fresh)
}

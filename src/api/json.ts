import type { List } from '../model/list.ts'
import { JSON_TYPE, type Answer } from '../model/answer.ts'
import type { HeaderList } from '../model/headers.ts'
import { ALWAYS, type Validity } from '../model/time.ts'
import type { Exchange } from './exchange.ts'

/** A success with a JSON body that is already text; Go's encoder ends it with a line feed. */
export const jsonAnswer = (body: string, headers: HeaderList = [], status = 200, type = JSON_TYPE): Answer => ({
  status,
  headers: ['Content-Type', type, ...headers],
  body: `${body}\n`,
})

/** An answer to a GET that stays true while the data is the same, and as long as the clock is in `fresh`: by default for ever. */
export const lasting = ({ status, headers, body }: Answer, fresh: Validity = ALWAYS): Answer => ({
  status,
  headers,
  body,
  fresh,
})

/** 204, with the content type that herodot leaves on some of them. */
export const noContent = (typed: boolean): Answer => ({
  status: 204,
  headers: typed ? ['Content-Type', JSON_TYPE] : [],
  body: '',
})

/** What the head of a list says of its pages; the links keep all that the request asked for besides. */
export const listHeaders = (
  { origin, root, shown }: Exchange,
  { links, total }: Pick<List, 'links' | 'total'>,
): HeaderList => {
  const place = `${origin}${root}${shown}`
  const Link = links.map(({ rel, query }) => `<${place}?${query}>; rel="${rel}"`).join(',')
  return total === undefined ? ['Link', Link] : ['Link', Link, 'X-Total-Count', String(total)]
}

/** A page of a list as it is sent. */
export const listAnswer = (exchange: Exchange, list: List): Answer => {
  // Concatenated, it is copied once, when it is sent.
  let items = ''
  for (const item of list.items) items += items === '' ? item : `,${item}`
  const answer = jsonAnswer(list.isNil === true ? 'null' : `[${items}]`, listHeaders(exchange, list))
  return list.fresh === undefined ? answer : lasting(answer, list.fresh)
}

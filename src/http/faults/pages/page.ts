import type { Answer } from '../../../model/answer.ts'
import type { Exchange } from '../../../api/exchange.ts'
import type { Route } from '../../../api/route-table.ts'
import { itemsOf } from '../../../go/json-scan.ts'
import { readLinks, writeLinks, type Links } from './links.ts'

/** A page of a list, taken apart. */
export interface Page {
  readonly answer: Answer
  /** Each as JSON text. */
  readonly items: readonly string[]
  readonly links: Links
}

/** Takes a page apart; undefined for an answer that is none, such as an error. */
export const readPage = (answer: Answer): Page | undefined => {
  if (answer.status !== 200 || !answer.body.startsWith('[')) return undefined
  return { answer, items: itemsOf(answer.body), links: readLinks(answer.headers['Link'] ?? '') }
}

/** Puts a page together again, with other items, links or headers. */
export const writePage = ({ answer, items, links }: Page, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: answer.status,
  headers: { ...answer.headers, ...(links.length === 0 ? {} : { Link: writeLinks(links) }), ...headers },
  body: `[${items.join(',')}]\n`,
})

/** What the same list answers to another query. */
export const askAgain = async (exchange: Exchange, route: Route, query: string): Promise<Answer> =>
  route(exchange.withQuery(query))

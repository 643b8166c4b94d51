import type { PageFault } from '../../../faults/page-fault.ts'
import { KratosError } from '../../../model/errors.ts'
import type { Answer } from '../../../model/answer.ts'
import { errorAnswer } from '../../../api/errors.ts'
import type { Exchange } from '../../../api/exchange.ts'
import { dress } from '../../middleware.ts'
import type { Route } from '../../../api/route-table.ts'
import { linkFor, withLink } from './links.ts'
import { formerPage, nextPage, selfTarget } from './neighbours.ts'
import { readPage, writePage, type Page } from './page.ts'
import { addNewRow } from './new-row.ts'

type Lie = (exchange: Exchange, route: Route, page: Page) => Answer | Promise<Answer>

/** What the list says of how many there are in all, and one more. */
const falseTotal = ({ answer, items }: Page): string =>
  String(Number(answer.headers['X-Total-Count'] ?? items.length) + 1)

const lies: Readonly<Record<Exclude<PageFault, 'expire-token' | 'shift'>, Lie>> = {
  repeat: async (exchange, route, page) => writePage((await formerPage(exchange, route, page)) ?? page),
  skip: async (exchange, route, page) =>
    writePage(
      (await nextPage(exchange, route, page)) ?? { ...page, items: [], links: withLink(page.links, 'next', undefined) },
    ),
  empty: (exchange, _route, page) => {
    const next = linkFor(page.links, 'next') ?? selfTarget(exchange, page)
    return writePage({ ...page, items: [], links: withLink(page.links, 'next', next) })
  },
  loop: (exchange, _route, page) =>
    writePage({ ...page, links: withLink(page.links, 'next', selfTarget(exchange, page)) }),
  'drop-next': (_exchange, _route, page) => writePage({ ...page, links: withLink(page.links, 'next', undefined) }),
  duplicate: async (exchange, route, page) => {
    const last = (await formerPage(exchange, route, page))?.items.at(-1)
    return writePage({ ...page, items: last === undefined ? page.items : [last, ...page.items] })
  },
  'wrong-total': (_exchange, _route, page) => writePage(page, { 'X-Total-Count': falseTotal(page) }),
}

/** x/err.go:50, as Kratos says it of every token that it cannot take. */
const expired = (): KratosError =>
  new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })

/** A list's answer with a lie about its pages in it; an answer that is no page stays as it is. */
export const lieAboutPage = async (how: PageFault, exchange: Exchange, route: Route): Promise<Answer> => {
  if (how === 'expire-token') return dress(exchange, errorAnswer(expired(), exchange))
  if (how === 'shift') {
    addNewRow(exchange)
    return route(exchange)
  }
  const answer = await route(exchange)
  const page = readPage(answer)
  return page === undefined ? answer : lies[how](exchange, route, page)
}

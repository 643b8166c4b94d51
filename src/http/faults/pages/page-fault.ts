import type { Exchange, Route } from '../../../api/exchange.ts'
import type { PageFault } from '../../../faults/page-fault.ts'
import { errorAnswer } from '../../../api/errors.ts'
import type { Answer } from '../../../model/answer.ts'
import { KratosError } from '../../../model/errors.ts'
import { linkedQuery, withLink, type List } from '../../../model/list.ts'
import { dress } from '../../middleware.ts'
import type { Answering } from '../answering.ts'
import { formerPage, nextPage, selfQuery } from './neighbours.ts'
import { addNewRow } from './new-row.ts'

type Lie = (list: List, exchange: Exchange) => List | Promise<List>

const lies: Readonly<Record<Exclude<PageFault, 'expire-token' | 'shift'>, Lie>> = {
  repeat: async (list, exchange) => (await formerPage(exchange, list)) ?? list,
  skip: async (list, exchange) =>
    (await nextPage(exchange, list)) ?? withLink({ ...list, items: [] }, 'next', undefined),
  empty: (list, exchange) =>
    withLink({ ...list, items: [] }, 'next', linkedQuery(list, 'next') ?? selfQuery(exchange, list)),
  loop: (list, exchange) => withLink(list, 'next', selfQuery(exchange, list)),
  'drop-next': (list) => withLink(list, 'next', undefined),
  duplicate: async (list, exchange) => {
    const last = (await formerPage(exchange, list))?.items.at(-1)
    return last === undefined ? list : { ...list, items: [last, ...list.items] }
  },
  'wrong-total': (list) => ({ ...list, total: (list.total ?? list.items.length) + 1 }),
}

/** An operation whose list lies about its pages; a reply that is no list, or one of nothing at all, stays as it is. */
const lying =
  (lie: Lie): Route =>
  async (exchange) => {
    const reply = await exchange.routing.route(exchange)
    return 'items' in reply && reply.isNil !== true ? lie(reply, exchange) : reply
  }

/** x/err.go:50, as Kratos says it of every token that it cannot take. */
const expired = (): KratosError =>
  new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })

/** A list's answer with a lie about its pages in it. */
export const lieAboutPage = (how: PageFault, exchange: Exchange, answerTo: Answering): Answer | Promise<Answer> => {
  if (how === 'expire-token') return dress(exchange, errorAnswer(expired(), exchange))
  if (how !== 'shift') return answerTo(exchange, lying(lies[how]))
  addNewRow(exchange)
  return answerTo(exchange)
}

import { encodeMessageKey, getCourierMessage, listCourierMessages, messageJson } from '../courier/messages.ts'
import type { Answer } from '../model/answer.ts'
import type { Exchange } from '../api/exchange.ts'
import { jsonAnswer } from '../api/json.ts'
import { linkTo } from '../api/paging/link.ts'

/** `GET /admin/courier/messages`, and one of them. */
export const answerCourier = (exchange: Exchange): Answer => {
  const { world, operation, query } = exchange
  if (operation?.id === 'getCourierMessage')
    return jsonAnswer(messageJson(getCourierMessage(world, exchange.param('id'))))
  const { messages, size, next, total } = listCourierMessages(world, query)
  const page_size = String(size)
  const links = [linkTo(exchange, 'first', { page_size, page_token: encodeMessageKey() })]
  if (next !== undefined) links.push(linkTo(exchange, 'next', { page_size, page_token: encodeMessageKey(next) }))
  const count = total === undefined ? {} : { 'X-Total-Count': String(total) }
  return jsonAnswer(`[${messages.map(messageJson).join(',')}]`, { Link: links.join(','), ...count })
}

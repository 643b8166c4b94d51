import { encodeMessageKey, getCourierMessage, listCourierMessages, messageJson } from '../courier/messages.ts'
import type { Exchange, Reply } from '../api/exchange.ts'
import { jsonAnswer } from '../api/json.ts'
import { keysetLinks } from '../api/paging/links.ts'

/** `GET /admin/courier/messages`, and one of them. */
export const answerCourier = (exchange: Exchange): Reply => {
  const { world, operation, query } = exchange
  if (operation?.id === 'getCourierMessage')
    return jsonAnswer(messageJson(getCourierMessage(world, exchange.param('id'))))
  const { messages, size, next, total } = listCourierMessages(world, query)
  const tokens = { first: encodeMessageKey(), next: next && encodeMessageKey(next) }
  return { items: messages.map(messageJson), links: keysetLinks(exchange, size, tokens), total }
}

import { bodyPart } from '../journal/body-capture.ts'
import { framing, type Answer } from '../model/answer.ts'
import type { Exchange } from '../api/exchange.ts'
import { keepPage } from './pages.ts'

/** Tells @hono/node-server that the wire has, or will have, carried the answer. */
export const SENT: Response = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })

/** What `fetch` rejects with when a connection ends before an answer. */
export const connectionError = (how: 'reset' | 'close'): TypeError =>
  new TypeError('fetch failed', {
    cause:
      how === 'reset'
        ? Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' })
        : Object.assign(new Error('other side closed'), { name: 'SocketError', code: 'UND_ERR_SOCKET' }),
  })

/** Sends a whole answer the way that the request came. */
export const deliver = (exchange: Exchange, answer: Answer): Response => {
  const { method } = exchange
  const head = method === 'HEAD'
  const closes = method !== 'GET' && !head && exchange.isTooLarge
  const framed = {
    ...answer.headers,
    ...framing(answer.status, answer.body, head),
    ...(closes ? { Connection: 'close' } : {}),
  }
  const response = { headers: framed, body: head ? '' : bodyPart(answer.body) }
  exchange.answered(answer.status, response)
  if (answer.fresh !== undefined && method === 'GET')
    keepPage(exchange, { ...answer, headers: framed }, answer.fresh, response)
  if (exchange.wire !== undefined) {
    exchange.wire.send({ ...answer, headers: framed, body: head ? '' : answer.body })
    return SENT
  }
  const bodiless = head || answer.body === ''
  const headers = new Headers(framed)
  for (const cookie of answer.cookies ?? []) headers.append('Set-Cookie', cookie)
  return new Response(bodiless ? null : answer.body, { status: answer.status, headers })
}

/** Ends the connection, or rejects as `fetch` does where there is none. */
export const drop = (exchange: Exchange, how: 'reset' | 'close'): Response => {
  exchange.answered(0)
  if (exchange.wire === undefined) throw connectionError(how)
  exchange.wire.cut(how)
  return SENT
}

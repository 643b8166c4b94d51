import type { Exchange } from '../api/exchange.ts'
import { parcelOf, type Answer, type Parcel } from '../model/answer.ts'

/** Sends what is framed, and shows it to the journal. @param isHeld for one that the memory of answers holds, too. */
export const send = (exchange: Exchange, parcel: Parcel, isHeld = false): void => {
  const { status, headers, placed } = parcel
  exchange.answered(status, exchange.world.journal.shelve(headers, placed, isHeld))
  exchange.wire.send(parcel)
}

/** An answer as it goes out. */
export const framed = (exchange: Exchange, answer: Answer): Parcel => {
  const { method } = exchange
  const head = method === 'HEAD'
  // What is left of the body would be taken for the next request.
  const closes = method !== 'GET' && !head && exchange.isTooLarge
  return parcelOf(
    closes ? { ...answer, headers: [...answer.headers, 'Connection', 'close'] } : answer,
    exchange.world.slab,
    head,
  )
}

/** Sends a whole answer the way that the request came. */
export const deliver = (exchange: Exchange, answer: Answer): void => send(exchange, framed(exchange, answer))

/** Ends the connection with no answer. */
export const drop = (exchange: Exchange, how: 'reset' | 'close'): void => {
  exchange.answered(0)
  exchange.wire.cut(how)
}

import type { Decision } from '../../faults/take.ts'
import type { Effect } from '../../faults/effect.ts'
import type { Quota } from '../../faults/rate-window.ts'
import { DroppedConnection, KratosError } from '../../model/errors.ts'
import { isBodiless, type Answer } from '../../model/answer.ts'
import { withHeader, type HeaderList } from '../../model/headers.ts'
import { deliver } from '../deliver.ts'
import { errorAnswer } from '../../api/errors.ts'
import type { Exchange } from '../../api/exchange.ts'
import { dress } from '../middleware.ts'
import type { Answering } from './answering.ts'
import { withFalseBody } from './false-body.ts'
import { withHeaders } from './headers.ts'
import { lieAboutPage } from './pages/page-fault.ts'
import { deliverCut, deliverSlowly } from './partial-body.ts'
import { abandon, startWait } from './wait.ts'

/** The name under which an answer says which rule made it, and a request asks for a fault. */
export const FAULT_HEADER = 'Ory-Mock-Fault'

const quotaHeaders = ({ limit, remaining, reset, over }: Quota): HeaderList => [
  'X-RateLimit-Limit',
  String(limit),
  'X-RateLimit-Remaining',
  String(remaining),
  'X-RateLimit-Reset',
  String(reset),
  ...(over ? ['Retry-After', String(reset)] : []),
]

/** An answer with a whole `errorGeneric` body. */
const statusAnswer = async (exchange: Exchange, effect: Extract<Effect, { kind: 'status' }>): Promise<Answer> => {
  const { status, error, headers, redirect } = effect
  const to = redirect === undefined ? {} : { redirect_browser_to: exchange.world.origins.public + redirect }
  const details = redirect === undefined ? error.details : { ...error.details, ...to }
  const parts = { ...error, ...(details === undefined ? {} : { details }), beside: to }
  const answer = await dress(exchange, errorAnswer(new KratosError(status, parts), exchange))
  return {
    ...answer,
    headers: withHeaders(answer.headers, headers),
    body: isBodiless(status) ? '' : answer.body,
  }
}

const overLimit = ({ limit, reset }: Quota): KratosError =>
  new KratosError(429, { reason: `More than ${limit} requests came in this window. Retry in ${reset} s.` })

/** What a decision makes of a request. Rejects with a DroppedConnection where there is to be no answer. */
export const act = async (exchange: Exchange, answerTo: Answering, { id, delay, effect }: Decision): Promise<void> => {
  if (effect?.kind === 'quota' && !effect.quota.over) {
    const { fresh: _, ...answer } = await answerTo(exchange)
    return deliver(exchange, { ...answer, headers: [...answer.headers, ...quotaHeaders(effect.quota)] })
  }
  exchange.fault = id
  if (delay > 0 || (effect?.kind === 'connection' && effect.how === 'hang')) exchange.held()
  const marked = ({ status, headers, body }: Answer): Answer => ({
    status,
    headers: withHeader(headers, FAULT_HEADER, id),
    body,
  })
  if (delay > 0) {
    const end = await startWait(exchange, delay).ended
    if (end !== 'elapsed') return abandon(exchange)
  }
  switch (effect?.kind) {
    case undefined:
      return deliver(exchange, marked(await answerTo(exchange)))
    case 'status':
      return deliver(exchange, marked(await statusAnswer(exchange, effect)))
    case 'quota': {
      const answer = await dress(exchange, errorAnswer(overLimit(effect.quota), exchange))
      return deliver(exchange, marked({ ...answer, headers: [...answer.headers, ...quotaHeaders(effect.quota)] }))
    }
    case 'connection': {
      if (effect.how !== 'hang') throw new DroppedConnection(effect.how)
      await startWait(exchange).ended
      return abandon(exchange)
    }
    case 'cut':
      return deliverCut(exchange, marked(await answerTo(exchange)), effect)
    case 'slow':
      return deliverSlowly(exchange, marked(await answerTo(exchange)), effect)
    case 'body':
      return deliver(exchange, marked(withFalseBody(await answerTo(exchange), effect)))
    case 'page':
      return deliver(exchange, marked(await lieAboutPage(effect.how, exchange, answerTo)))
  }
}

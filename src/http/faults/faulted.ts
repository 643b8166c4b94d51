import type { Decision } from '../../faults/take.ts'
import { readOwnFault } from '../../faults/own-fault.ts'
import { KratosError } from '../../model/errors.ts'
import { ended } from '../../model/flaw.ts'
import { deliver } from '../deliver.ts'
import { errorAnswer } from '../../api/errors.ts'
import type { Exchange } from '../../api/exchange.ts'
import { dress } from '../middleware.ts'
import { act, FAULT_HEADER } from './act.ts'
import type { Answering } from './answering.ts'
import { ExchangeFacts } from './facts.ts'

const NAME = FAULT_HEADER.toLowerCase()

/** Why an effect cannot show on this request, which a rule would be refused for. */
const misfit = ({ operation, method }: Exchange, { effect }: Decision): string | undefined => {
  if (effect?.kind === 'page' && (operation?.lists === undefined || method !== 'GET'))
    return 'has a `page` effect, and this lists nothing'
  const ofBody = effect?.kind === 'cut' || effect?.kind === 'slow' || effect?.kind === 'body'
  return ofBody && method === 'HEAD' ? 'has a `body` effect, and the answer to a HEAD request has none' : undefined
}

const own = async (exchange: Exchange, answerTo: Answering, header: string): Promise<void> => {
  const read = readOwnFault(header, () => exchange.world.chance.number())
  const wrong = 'wrong' in read ? read.wrong : misfit(exchange, read)
  if (wrong === undefined) return act(exchange, answerTo, read as Decision)
  const error = new KratosError(400, { reason: ended(`The header ${FAULT_HEADER} ${wrong}`) })
  return deliver(exchange, await dress(exchange, errorAnswer(error, exchange)))
}

/** What becomes of a request that a fault rule, or a fault of its own, acts on; undefined when none does. */
export const faulted = (exchange: Exchange, answerTo: Answering): Promise<void> | undefined => {
  const header = exchange.header(NAME)
  if (header !== undefined) return own(exchange, answerTo, header)
  const { faults } = exchange.world
  if (!faults.armed) return undefined
  const decision = faults.decide(new ExchangeFacts(exchange))
  return decision === undefined ? undefined : act(exchange, answerTo, decision)
}

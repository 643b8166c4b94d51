import type { Control } from '../../control/control.ts'
import { jsonAnswer } from '../../api/json.ts'
import type { Exchange } from '../../api/exchange.ts'
import type { Answer } from '../../model/answer.ts'
import { formatTime } from '../../model/time.ts'

/** A call of the control plane. `param` is the path's, decoded. */
export interface Call {
  readonly control: Control
  readonly exchange: Exchange
  readonly param: string
}

export type Handler = (call: Call) => Answer | Promise<Answer>

export const NO_STORE = ['Cache-Control', 'no-store']

export const json = (value: unknown, status = 200): Answer => jsonAnswer(JSON.stringify(value), NO_STORE, status)

export const clock = ({ control }: Call): Answer => {
  const { now, running } = control.clock()
  return json({ now: formatTime(now), running })
}

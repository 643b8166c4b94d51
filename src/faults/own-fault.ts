import { drawDelay } from './delay.ts'
import type { Decision } from './take.ts'
import { readStep } from './read-rule.ts'

/** The id that stands for the fault that a request brought itself. */
const OWN = 'request'

/**
 * Reads the effect that a request asks for in its own `Ory-Mock-Fault` header.
 * @returns what is to be done, or the reasons why it cannot be.
 */
export const readOwnFault = (header: string, random: () => number): Decision | { readonly wrong: string } => {
  let value: unknown
  try {
    value = JSON.parse(header)
  } catch {
    return { wrong: 'is no JSON' }
  }
  const problems: string[] = []
  const report = (pointer: string, reason: string): undefined =>
    void problems.push(pointer === '' ? reason : `${pointer} ${reason}`)
  const step = readStep(value, '', report)
  if (step === undefined || problems.length > 0) return { wrong: problems.join('; ') }
  return { id: OWN, delay: drawDelay(step.delay, random), effect: step.effect as Decision['effect'] }
}

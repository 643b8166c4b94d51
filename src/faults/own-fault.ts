import { drawDelay } from './delay.ts'
import type { Decision } from './take.ts'
import { ended, pointerText, reasonOf, sentencesOf } from '../model/flaw.ts'
import { Reader } from '../model/reader.ts'
import { readStep } from './read-rule.ts'
import { RULE_VOICE } from './read-rules.ts'

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
  const reader = new Reader(RULE_VOICE)
  const step = readStep(reader, value, [])
  if (step === undefined || reader.total > 0)
    return { wrong: sentencesOf(reader, (flaw) => ended(`${pointerText(flaw.pointer)} ${reasonOf(flaw)}`.trim())) }
  return { id: OWN, delay: drawDelay(step.delay, random), effect: step.effect as Decision['effect'] }
}

import { pointerText, reasonOf, type Found } from '../model/flaw.ts'
import { isObject, withoutSchemaName } from '../model/json.ts'
import { unfitFor } from '../model/unfit.ts'
import { plainVoice, Reader, type Voice } from '../model/reader.ts'
import type { Problem } from './problem.ts'
import { readRule, type Rule } from './read-rule.ts'

/** How rules are spoken of. */
export const RULE_VOICE: Voice = plainVoice((word) => `${word} is unknown`, '`')

/** The most rules that can be armed at once, and the most letters of one as JSON. */
const MOST_RULES = 1000
const MOST_LETTERS = 256 * 1024

/** The most levels of one, as deep as anybody writes an error's details. */
const MOST_LEVELS = 100

/** A copy as JSON has it, so that nobody can change a rule once it was checked. */
const copyOf = (reader: Reader, value: unknown): Readonly<Record<string, unknown>> | undefined => {
  if (value === undefined) return reader.say([], 'must be an object, not undefined')
  const unfit = isObject(value) ? unfitFor(value, MOST_LEVELS) : undefined
  if (unfit?.isDeep) return reader.say([], `is nested deeper than ${MOST_LEVELS} levels`)
  if (unfit !== undefined) return reader.say(unfit.pointer, `must be what JSON can hold, not ${unfit.found}`)
  if (!isObject(value)) return reader.flaw([], 'an object', value)
  const json = JSON.stringify(value)
  if (json.length > MOST_LETTERS)
    return reader.say([], `has ${json.length} letters as JSON; ${MOST_LETTERS} are the most`)
  const copy: unknown = JSON.parse(json)
  return isObject(copy) ? copy : reader.flaw([], 'an object', copy)
}

/**
 * Reads rules that are to be armed together, beside those that are already.
 * @param problems gets what is wrong; reading goes on, so that all of it is found.
 */
export const readRules = (
  given: readonly unknown[],
  pointerOf: (index: number) => string,
  armed: readonly string[],
  nextId: () => string,
  problems: Found<Problem>,
): readonly Rule[] => {
  if (armed.length + given.length > MOST_RULES) {
    const reason = `${armed.length} rules are armed, and ${given.length} more are past the most, ${MOST_RULES}`
    problems.add(() => ({ pointer: '', reason }))
    return []
  }
  const ids = new Set(armed)
  const copies = given.map((rule, index) => {
    const isAlone = pointerOf(index) === ''
    const reader = new Reader(RULE_VOICE)
    const copy = copyOf(reader, isAlone ? withoutSchemaName(rule) : rule)
    const id = copy?.['id']
    if (typeof id === 'string') {
      if (ids.has(id)) reader.say(['id'], `there is already a rule \`${id}\``)
      ids.add(id)
    }
    return { reader, copy }
  })
  const freshId = (): string => {
    let id = nextId()
    while (ids.has(id)) id = nextId()
    return id
  }
  return copies.flatMap(({ reader, copy }, index) => {
    const rule = copy === undefined ? undefined : readRule(reader, copy, freshId)
    for (const flaw of reader.flaws)
      problems.add(() => ({ pointer: pointerOf(index) + pointerText(flaw.pointer), reason: reasonOf(flaw) }))
    problems.count += reader.total - reader.flaws.length
    return rule ?? []
  })
}

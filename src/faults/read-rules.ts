import { isDeeper } from '../go/json-scan.ts'
import { isObject } from '../model/json.ts'
import { readRule, type Rule } from './read-rule.ts'
import type { Report } from './shape.ts'

/** The most rules that can be armed at once, and the most letters of one as JSON. */
const MOST_RULES = 1000
const MOST_LETTERS = 256 * 1024

/** The most levels of one, as deep as anybody writes an error's details. */
const MOST_LEVELS = 100

/** A copy as JSON has it, so that nobody can change a rule once it was checked. */
const copyOf = (value: unknown, pointer: string, report: Report): unknown => {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch (error) {
    return report(
      pointer,
      `is nothing that JSON can hold: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    )
  }
  if (json === undefined) return report(pointer, `must be an object, not ${typeof value}`)
  if (json.length > MOST_LETTERS)
    return report(pointer, `has ${json.length} letters as JSON; ${MOST_LETTERS} are the most`)
  if (isDeeper(json, MOST_LEVELS)) return report(pointer, `is nested deeper than ${MOST_LEVELS} levels`)
  const copy: unknown = JSON.parse(json)
  return isObject(copy) ? copy : report(pointer, `must be an object, not ${json.slice(0, 60)}`)
}

/** Reads rules that are to be armed together, beside those that are already. */
export const readRules = (
  given: readonly unknown[],
  pointerOf: (index: number) => string,
  armed: readonly string[],
  nextId: () => string,
  report: Report,
): readonly Rule[] => {
  if (armed.length + given.length > MOST_RULES) {
    report('', `${armed.length} rules are armed, and ${given.length} more are past the most, ${MOST_RULES}`)
    return []
  }
  const copies = given.map((rule, index) => copyOf(rule, pointerOf(index), report))
  const ids = new Set(armed)
  for (const [index, copy] of copies.entries()) {
    const id = isObject(copy) ? copy['id'] : undefined
    if (typeof id !== 'string') continue
    if (ids.has(id)) report(`${pointerOf(index)}/id`, `there is already a rule \`${id}\``)
    ids.add(id)
  }
  const freshId = (): string => {
    let id = nextId()
    while (ids.has(id)) id = nextId()
    return id
  }
  return copies.flatMap((copy, index) => {
    const rule = copy === undefined ? undefined : readRule(copy, freshId, pointerOf(index), report)
    return rule === undefined ? [] : [rule]
  })
}

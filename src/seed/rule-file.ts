import { BadFaultRules } from '../faults/problem.ts'
import { ruleEntries } from '../faults/read-rule.ts'
import { isObject } from '../model/json.ts'
import { partsOf } from '../model/flaw.ts'
import { IDENTITY_KEYS } from './identity.ts'
import { FIXTURE_KEYS } from './forms.ts'
import { SESSION_KEYS } from './session.ts'
import type { Source } from './source.ts'

const ofFixtures: ReadonlySet<string> = new Set([...FIXTURE_KEYS, ...IDENTITY_KEYS, ...SESSION_KEYS])

/** The keys of a fault rule. */
export const ruleKeys: readonly string[] = Object.keys(ruleEntries)

/** Those that no part of a fixture has. */
const ofRules: readonly string[] = ruleKeys.filter((key) => !ofFixtures.has(key))

/** Whether a value is fault rules rather than a fixture: its keys, or those of the first that has any, say so. */
export const holdsRules = (value: unknown): boolean => {
  const one: unknown = Array.isArray(value)
    ? value.find((item) => isObject(item) && Object.keys(item).some((key) => key !== 'id'))
    : value
  return isObject(one) && ofRules.some((key) => key in one) && !FIXTURE_KEYS.some((key) => key in one)
}

/** The same problems, each with its place in the file that the rules came from. */
export const located = async (refused: BadFaultRules, source: Source): Promise<BadFaultRules> => {
  const { file } = source
  if (file === undefined) return refused
  return new BadFaultRules(
    await Promise.all(
      refused.problems.map(async (problem) => ({
        ...problem,
        place: { file, ...(await source.locate?.(partsOf(problem.pointer))) },
      })),
    ),
    refused.count,
  )
}

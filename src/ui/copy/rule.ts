import type { ArmedRule } from '../../faults/rule.ts'
import { yamlOf } from './yaml.ts'

/** A rule as it was given, without what became of it. */
export const givenRule = ({ id, hits: _hits, matched: _matched, nearestMiss: _miss, ...rule }: ArmedRule): object => ({
  id,
  ...rule,
})

/** A rule as a file for `--faults`. */
export const ruleFile = (rule: ArmedRule): string => yamlOf([givenRule(rule)])

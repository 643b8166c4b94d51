import type { UnfiredRule } from './rule.ts'

/** What a refusal to verify tells of a rule. */
export interface NeverFired extends UnfiredRule {
  /** What it was to match, in words. */
  readonly wants: string
  /** Where it was armed, if that is known. */
  readonly from?: string | undefined
  /** Whether it is one that `reset` goes back to, as those are that a mock was started with. */
  readonly armedAtStart: boolean
}

/** Says which rules never fired, and why. */
export const neverFired = (rules: readonly NeverFired[]): string => {
  const lines = rules.map(({ id, reason, wants, from }) => {
    const armed = from === undefined ? '' : `, armed at ${from}`
    return `${id}: ${reason} (it was to match ${wants}${armed}).`
  })
  return `${rules.length === 1 ? 'A fault rule' : `${rules.length} fault rules`} never fired. ${lines.join(' ')}`
}

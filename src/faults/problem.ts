/** One thing that is wrong with a fault rule. */
export interface Problem {
  /** JSON pointer from what was given: `/effect/status`, or `/2/effect/status` among several rules. */
  readonly pointer: string
  readonly reason: string
}

const line = ({ pointer, reason }: Problem): string => `${pointer === '' ? 'the rule' : pointer}: ${reason}`

/** Fault rules that were refused. None of them is armed, and those armed before stay as they were. */
export class BadFaultRules extends Error {
  override readonly name = 'BadFaultRules'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(line).join('\n'))
    this.problems = problems
  }
}

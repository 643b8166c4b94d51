import { linesOf } from '../model/flaw.ts'

/** A place in a file that holds rules; line and column count from 1. */
export interface FilePlace {
  readonly file: string
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** One thing that is wrong with a fault rule. */
export interface Problem {
  /** JSON pointer from what was given: `/effect/status`, or `/2/effect/status` among several rules. */
  readonly pointer: string
  readonly reason: string
  /** Where it stands in a file. */
  readonly place?: FilePlace | undefined
}

const placeOf = ({ file, line, column }: FilePlace): string => (line === undefined ? file : `${file}:${line}:${column}`)

const line = ({ pointer, reason, place }: Problem): string => {
  const at = place === undefined ? [pointer] : [placeOf(place), pointer]
  return `${at.filter((part) => part !== '').join(' ') || 'the rule'}: ${reason}`
}

/** Fault rules that were refused. None of them is armed, and those armed before stay as they were. */
export class BadFaultRules extends Error {
  override readonly name = 'BadFaultRules'
  /** The first hundred. */
  readonly problems: readonly Problem[]
  /** How many there are. */
  readonly count: number

  constructor(problems: readonly Problem[], count: number) {
    super(linesOf(problems.map(line), count))
    this.problems = problems
    this.count = count
  }
}

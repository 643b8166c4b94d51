import { linesOf, MOST_PROBLEMS } from '../model/flaw.ts'

/** One thing that is wrong with a fixture, and where. */
export interface Problem {
  /** The file's absolute path. */
  readonly file?: string | undefined
  /** From 1; of the text that was read. */
  readonly line?: number | undefined
  /** From 1; in letters. */
  readonly column?: number | undefined
  /** JSON pointer into the file, or into what was given. */
  readonly pointer: string
  /** What would be right. */
  readonly expected: string
  /** What stands there. */
  readonly found: string
  /** All of it in one line. */
  readonly message: string
}

const placeOf = ({ file, line, column, pointer }: Omit<Problem, 'message'>): string => {
  const at = line === undefined ? (file ?? '') : `${file ?? ''}:${line}:${column}`
  return [at, pointer].filter((part) => part !== '').join(' ') || 'the fixture'
}

/** A problem with its line. */
export const problemOf = (parts: Omit<Problem, 'message'>): Problem => ({
  ...parts,
  message: `${placeOf(parts)}: expected ${parts.expected}, found ${parts.found}`,
})

/** A fixture was refused whole. The message lists each problem on a line of its own. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError'
  /** The HTTP status that `/_mock` answers for it. */
  readonly status = 400
  /** What is wrong, in the order of the fixture: a hundred at most. */
  readonly problems: readonly Problem[]
  /** How much is wrong. */
  readonly count: number

  constructor(problems: readonly Problem[], count = problems.length) {
    super(
      linesOf(
        problems.map(({ message }) => message),
        count,
      ),
    )
    this.problems = problems.slice(0, MOST_PROBLEMS)
    this.count = count
  }
}

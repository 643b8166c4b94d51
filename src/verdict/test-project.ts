import { ControlError } from '../control/control-error.ts'
import { neverFired, type NeverFired } from '../faults/never-fired.ts'
import type { RequestFilter } from '../journal/filter.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import type { Mock, MockProject } from '../mock-interface.ts'
import { lineOf } from './transcript.ts'

/** A project that is a test's own. */
export interface TestProject extends MockProject {
  /** Lets the test send requests that the mock does not model, which it answers with 501. Without it they fail the test. */
  allowUnmodelled(): void
}

/** What the mock does not model; a fault rule may give the same status on purpose. */
const UNMODELLED: RequestFilter = { status: 501, fault: false }

const refuseUnmodelled = (requests: readonly RecordedRequest[]): void => {
  if (requests.length === 0) return
  throw new Error(
    `The test met what this mock does not model:\n${requests.map(lineOf).join('\n')}\n` +
      'If that is what it is about, let it call ory.allowUnmodelled().',
  )
}

/** Each rule that the test armed must have fired; those that its mock was started with are for all tests together. */
const refuseUnfired = async ({ faults }: TestProject): Promise<void> => {
  try {
    await faults.verify()
  } catch (error) {
    if (!(error instanceof ControlError) || error.status !== 409) throw error
    const rules = (error.details?.['rules'] ?? []) as readonly NeverFired[]
    const own = rules.filter(({ armedAtStart }) => !armedAtStart)
    if (own.length > 0) throw new ControlError(409, neverFired(own), { rules: own })
  }
}

const isGone = (error: unknown): boolean => error instanceof ControlError && error.status === 410

/**
 * Runs a test with a project of its own. After the test each fault rule that it armed must have fired and no request may have met
 * an operation that is not modelled, and the project is removed.
 * @param use the test. @param explain says of a test that failed what its mock saw.
 */
export const withProject = async (
  mock: Mock,
  use: (project: TestProject) => Promise<void>,
  explain: (project: TestProject) => Promise<void>,
): Promise<void> => {
  await using own = await mock.project()
  let mayBeUnmodelled = false
  const allowUnmodelled = (): void => {
    mayBeUnmodelled = true
  }
  const project = Object.assign(own, { allowUnmodelled })
  await use(project)
  try {
    await explain(project)
    await refuseUnfired(project)
    if (!mayBeUnmodelled) refuseUnmodelled(await project.requests.list(UNMODELLED))
  } catch (error) {
    // A test that closed its project has nothing left to verify.
    if (!isGone(error)) throw error
  }
}

import { inject, test as base, type TestAPI } from 'vitest'
import { connect } from '../connect.ts'
import { ControlError } from '../control/control-error.ts'
import type { RecordedRequest } from '../journal/entry.ts'
import type { RequestFilter } from '../journal/filter.ts'
import type { Mock, MockProject } from '../mock-interface.ts'
import { createMock } from '../mock.ts'
import { ORY_MOCK, type OryMock } from './provided.ts'
import { lineOf, transcript } from './transcript.ts'

export type { OryMock } from './provided.ts'

/** A project that is a test's own. */
export interface TestProject extends MockProject {
  /** Lets the test send requests that the mock does not model, which it answers with 501. Without it they fail the test. */
  allowUnmodelled(): void
}

/** What tests get beside Vitest's own context. */
export interface OryFixtures {
  /** A mock of the test's own: it starts from the seeded state and is gone after the test. */
  readonly ory: TestProject
}

let root: Promise<Mock> | undefined

/** The mock of the global setup, or without one a mock in this process. */
const rootOf = (provided: OryMock | undefined): Promise<Mock> =>
  (root ??=
    provided === undefined ? createMock() : Promise.resolve(connect(provided.url, { publicUrl: provided.publicUrl })))

/** Says it in the test's own error: what is printed may appear under another test's name. */
const attach = ({ result }: { readonly result?: { readonly errors?: { message: string }[] } }, text: string): void => {
  const error = result?.errors?.at(-1)
  if (error === undefined) console.error(text)
  else error.message += `\n\n${text}`
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

const isGone = (error: unknown): boolean => error instanceof ControlError && error.status === 410

/**
 * Vitest's `test` with the fixture `ory`: a project of its own for each test, safe under `test.concurrent`. After the
 * test, also after one that failed, each fault rule must have fired and no request may have met an operation that is
 * not modelled (501), and the project is removed. The error of a failed test shows the last requests that came.
 * @example test('signs out everywhere', async ({ ory }) => { await ory.fetch(`/admin/identities/${id}/sessions`, { method: 'DELETE' }) })
 */
export const test: TestAPI<OryFixtures> = base.extend<OryFixtures>({
  ory: async ({ task }, use) => {
    await using project = await (await rootOf(inject(ORY_MOCK))).project()
    let mayBeUnmodelled = false
    const allowUnmodelled = (): void => {
      mayBeUnmodelled = true
    }
    await use(Object.assign(project, { allowUnmodelled }))
    try {
      if (task.result?.state === 'fail') attach(task, transcript(task.name, await project.requests.list()))
      await project.faults.verify()
      if (!mayBeUnmodelled) refuseUnmodelled(await project.requests.list(UNMODELLED))
    } catch (error) {
      // A test that closed its project has nothing left to verify.
      if (!isGone(error)) throw error
    }
  },
})

import { inject, test as base, type TestAPI } from 'vitest'
import { connect } from '../connect.ts'
import { ControlError } from '../control/control-error.ts'
import type { Mock, MockProject } from '../mock-interface.ts'
import { createMock } from '../mock.ts'
import { ORY_MOCK, type OryMock } from './provided.ts'
import { transcript } from './transcript.ts'

export type { OryMock } from './provided.ts'

/** What tests get beside Vitest's own context. */
export interface OryFixtures {
  /** A mock of the test's own: it starts from the seeded state and is gone after the test. */
  readonly ory: MockProject
}

let root: Promise<Mock> | undefined

/** The mock of the global setup, or without one a mock in this process. */
const rootOf = (provided: OryMock | undefined): Promise<Mock> =>
  (root ??=
    provided === undefined ? createMock() : Promise.resolve(connect(provided.url, { publicUrl: provided.publicUrl })))

const isGone = (error: unknown): boolean => error instanceof ControlError && error.status === 410

/**
 * Vitest's `test` with the fixture `ory`: a project of its own for each test, safe under `test.concurrent`. After the
 * test, also after one that failed, each fault rule must have fired, and the project is removed.
 * @example test('signs out everywhere', async ({ ory }) => { await ory.fetch(`/admin/identities/${id}/sessions`, { method: 'DELETE' }) })
 */
export const test: TestAPI<OryFixtures> = base.extend<OryFixtures>({
  ory: async ({ task }, use) => {
    await using ory = await (await rootOf(inject(ORY_MOCK))).project()
    await use(ory)
    try {
      if (task.result?.state === 'fail') console.error(transcript(task.name, await ory.requests.list()))
      await ory.faults.verify()
    } catch (error) {
      // A test that closed its project has nothing left to verify.
      if (!isGone(error)) throw error
    }
  },
})

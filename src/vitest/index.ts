import { inject, test as base, type TestAPI } from 'vitest'
import { connect } from '../connect.ts'
import type { Mock } from '../mock-interface.ts'
import { createMock } from '../mock.ts'
import { withProject, type TestProject } from '../verdict/test-project.ts'
import { transcript } from '../verdict/transcript.ts'
import { portless } from './portless.ts'
import { ORY_MOCK, type OryMock } from './provided.ts'

export type { TestProject } from '../verdict/test-project.ts'
export type { OryMock } from './provided.ts'

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

/**
 * Vitest's `test` with the fixture `ory`: a project of its own for each test, safe under `test.concurrent`. After the
 * test, also after one that failed, each fault rule that it armed must have fired and no request may have met an operation that is
 * not modelled (501), and the project is removed. The error of a failed test shows the last requests that came.
 * @example test('signs out everywhere', async ({ ory }) => { await ory.fetch(`/admin/identities/${id}/sessions`, { method: 'DELETE' }) })
 */
export const test: TestAPI<OryFixtures> = base.extend<OryFixtures>({
  ory: async ({ task }, use) => {
    const provided = inject(ORY_MOCK)
    await withProject(await rootOf(provided), use, async ({ requests, url }) => {
      if (task.result?.state !== 'fail') return
      const seen = await requests.list()
      const hint = provided === undefined ? portless(url, task.result.errors ?? [], seen.length) : undefined
      attach(task, [transcript(task.name, seen), ...(hint === undefined ? [] : [hint])].join('\n'))
    })
  },
})

import type { TestProject } from 'vitest/node'
import { callSite } from '../control/call-site.ts'
import { serveMock } from '../mock.ts'
import type { MockOptions } from '../options.ts'
import { ORY_MOCK } from './provided.ts'

export type { OryMock } from './provided.ts'

/** What Vitest calls before the tests of a project; what it returns, after them. */
export type GlobalSetup = (project: Pick<TestProject, 'provide'>) => Promise<() => Promise<void>>

/**
 * A `globalSetup` that starts a mock with options, on any free port unless they name one, and provides it as `oryMock`.
 * @example export default setup({ seed: './test/people.yaml' })
 */
export const setup = (options: MockOptions = {}): GlobalSetup => {
  const from = options.faults === undefined ? undefined : callSite(setup)
  return async (project) => {
    const { mock: ory } = await serveMock({ port: 0, ...options }, from)
    project.provide(ORY_MOCK, { url: ory.url, publicUrl: ory.publicUrl })
    return () => ory.close()
  }
}

const ready: GlobalSetup = setup()
export default ready

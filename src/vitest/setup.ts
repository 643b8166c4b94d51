import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { callSite } from '../control/call-site.ts'
import { serveMock } from '../mock.ts'
import type { MockOptions } from '../options.ts'
import { ORY_MOCK } from './provided.ts'

export type { OryMock } from './provided.ts'

/** What Vitest calls before the tests of a project; what it returns, after them. */
export type GlobalSetup = (
  project: Pick<TestProject, 'provide'> & { readonly config?: Pick<TestProject['config'], 'root'> },
) => Promise<() => Promise<void>>

/** The file of a line of a stack, or undefined for one that names none. */
const fileOf = (frame: string | undefined): string | undefined => {
  const file = /(?:\(|at )((?:file:\/\/|\/|[A-Za-z]:[\\/]).+?):\d+:\d+\)?$/.exec(frame ?? '')?.[1]
  return file?.startsWith('file:') === true ? fileURLToPath(file) : file
}

/** The folder of the file that called what called this. */
const callersFolder = (): string | undefined => {
  // The message, this function, and the one that asks.
  const file = fileOf(new Error('where').stack?.split('\n')[3])
  return file === undefined ? undefined : dirname(file)
}

/** Paths among what an option takes, counted from a folder. */
const from = <T>(folder: string, value: T): T => {
  if (typeof value === 'string') return resolve(folder, value) as T
  return Array.isArray(value)
    ? (value.map((one: unknown) => (typeof one === 'string' ? resolve(folder, one) : one)) as T)
    : value
}

/**
 * A `globalSetup` that starts a mock with options, on any free port unless they name one, and provides it as `oryMock`.
 * @param options those of `startMock`; a relative path of `seed`, `faults` or `config` counts from the file that calls this.
 * @example export default setup({ seed: './people.yaml' })
 */
export const setup = (options: MockOptions = {}): GlobalSetup => {
  const at = options.faults === undefined ? undefined : callSite(setup)
  const folder = callersFolder()
  return async (project) => {
    const base = folder ?? project.config?.root ?? '.'
    const { seed, faults, config, ...rest } = options
    const files = { seed: from(base, seed), faults: from(base, faults), config: from(base, config) }
    const { mock: ory } = await serveMock({ port: 0, ...rest, ...files }, at)
    project.provide(ORY_MOCK, { url: ory.url, publicUrl: ory.publicUrl })
    return () => ory.close()
  }
}

const ready: GlobalSetup = setup()
export default ready

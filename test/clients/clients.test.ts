import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Configuration, IdentityApi } from '@ory/client-fetch'
import { describe, expect, test, type TestContext } from 'vitest'
import { createMock, startMock, type Mock, type ProfileName } from '../../src/index.ts'
import { run } from '../run.ts'
import { NOW } from '../support.ts'
import { kinds, walk } from './walk.ts'

const profiles: readonly ProfileName[] = ['documented', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3', 'kratos-next']

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Walks with a program against a mock of each profile, natively and as a browser's script. */
const walked = async (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string[]> => {
  await using ory = await startMock({ port: 0, now: NOW, logLevel: 'silent' })
  const projects = await Promise.all(profiles.map((profile) => ory.project({ profile })))
  const mocks = projects.map(({ url, publicUrl }, n) => ({ name: profiles[n], admin: url, public: publicUrl }))
  const { output } = await run(program, args, { ...process.env, ...env, ORY_MOCKS: JSON.stringify(mocks) })
  return output.trim().split('\n')
}

const all = profiles.flatMap((profile) => kinds.map((kind) => `${profile}, ${kind}`))

const missing = ({ skip }: TestContext, what: string): void => {
  console.log(`${what} cannot be had on this machine: its walk did not run.`)
  skip()
}

/** Ory's client for Python, which is installed once for each version of it and of Python. */
const pythonPath = async (): Promise<string | undefined> => {
  const requirements = readFileSync(folder('python/requirements.txt'), 'utf8').trim()
  const python = await run('python3', ['--version'])
  if (python.code !== 0) return undefined
  const version = python.output.trim().replace(' ', '-').toLowerCase()
  const place = join(tmpdir(), 'ory-identities-mock-clients', `${requirements}-${version}`)
  if (existsSync(place)) return place
  mkdirSync(join(place, '..'), { recursive: true })
  const fresh = mkdtempSync(`${place}-`)
  const options = ['--quiet', '--disable-pip-version-check', '--target', fresh]
  const { code } = await run('python3', ['-m', 'pip', 'install', ...options, requirements])
  if (code !== 0) return undefined
  if (!existsSync(place)) renameSync(fresh, place)
  return place
}

describe("Ory's own client walks every flow in every profile", () => {
  test.each([
    ['in-process', createMock],
    ['over a socket', (options: object) => startMock({ port: 0, ...options })],
  ] as const)('in TypeScript, %s', async (_door, start) => {
    await using ory: Mock = await start({ now: NOW })
    for (const profile of profiles) {
      await using project = await ory.project({ profile })
      const identities = new IdentityApi(new Configuration({ basePath: project.url, fetchApi: project.fetch }))
      for (const kind of kinds) {
        const sessions = await identities.listIdentitySessions({ id: await walk(project, kind) })
        const seen = sessions.map(({ active, authentication_methods }) => [active, authentication_methods?.[0]?.method])
        const signedOut = [false, 'password']
        expect([profile, seen]).toEqual([profile, [[true, 'code_recovery'], signedOut, signedOut, signedOut]])
      }
    }
  })

  test('in Python', async (context) => {
    const place = await pythonPath()
    if (place === undefined) return missing(context, "Ory's client for Python")
    expect(await walked('python3', ['-B', folder('python/walk.py')], { PYTHONPATH: place })).toEqual(all)
  })

  test('in Go', { timeout: 300_000 }, async (context) => {
    const { code } = await run('go', ['-C', folder('go'), 'mod', 'download'])
    if (code !== 0) return missing(context, "Ory's client for Go")
    expect(await walked('go', ['run', '-C', folder('go'), '.'])).toEqual(all)
  })
})

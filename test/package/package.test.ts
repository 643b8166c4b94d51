import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pack, Project } from './install.ts'

let packed: ReadonlyMap<string, Buffer>
let project: Project

beforeAll(() => {
  packed = pack()
  project = new Project(packed, ['vitest', 'typescript', 'typescript-5.9', '@ory/client-fetch', '@types/node'])
}, 60_000)

afterAll(() => project.remove())

test('the package holds what users need and nothing else', () => {
  const allowed = [
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
    /^docs\/[a-z-]+\.md$/,
    /^fixtures\/[a-z-]+\.(yaml|json)$/,
    /^dist\/(cli|index|browser|vitest\/(index|setup))\.js$/,
    /^dist\/chunks\/[\w-]+\.js$/,
    /^dist\/[\w/-]+\.d\.ts$/,
  ]
  const paths = [...packed.keys()]
  expect(paths.filter((path) => !allowed.some((one) => one.test(path)))).toEqual([])
  for (const one of allowed.filter(({ source }) => !source.includes('docs')))
    expect(paths.some((path) => one.test(path))).toBe(true)
})

test('nothing of the package names a file or a folder of the machine that built it', () => {
  expect([...packed].filter(([, content]) => content.includes(process.cwd())).map(([path]) => path)).toEqual([])
})

test('it is imported as ESM, in-process and with a port', () => {
  project.write(
    'use.js',
    `import { connect, createMock, startMock } from 'ory-identities-mock'
    const people = async (ory) => (await (await ory.fetch('/admin/identities')).json()).length
    const inProcess = await createMock()
    const started = await startMock({ port: 0 })
    console.log(await people(inProcess), await people(started), await people(connect(started.url)))
    await started.close()
    await inProcess.close()`,
  )
  expect(project.node('use.js')).toMatch(/^(\d+) \1 \1\n$/)
})

/** What a page and a worker have, and Node and other runtimes too. */
const WEB =
  'AbortController AbortSignal Event EventTarget Headers MessageChannel ReadableStream Request Response TextDecoder ' +
  'TextEncoder TransformStream URL URLSearchParams WritableStream atob btoa clearTimeout console crypto performance ' +
  'queueMicrotask setTimeout structuredClone'

test('it is bundled for a browser without anything of Node, and serves there', { timeout: 60_000 }, async () => {
  project.write(
    'page.js',
    `import { createMock, startMock } from 'ory-identities-mock'
    const reasonOf = (promise) => promise.then(() => 'none', ({ name, message }) => name + ': ' + message)
    export const run = async () => {
      const ory = await createMock({ seed: { identities: [{ traits: {}, sessions: ['active'] }], generate: { identities: 2 } } })
      await ory.faults.add({ match: { method: 'DELETE' }, effect: { status: 503 } })
      let fired = false
      setTimeout(() => (fired = true), 10)
      for (let n = 0; n < 300000 && !fired; n++) await ory.fetch('/health/alive')
      return {
        fired,
        identities: (await (await ory.fetch(ory.url + '/admin/identities')).json()).length,
        faulted: (await ory.fetch('/admin/identities/x', { method: 'DELETE' })).status,
        port: await reasonOf(startMock({ port: 0 })),
        seed: await reasonOf(createMock({ seed: 'people.yaml' })),
        faults: await reasonOf(createMock({ faults: 'faults.yaml' })),
        later: await reasonOf(ory.seed('more.yaml')),
      }
    }`,
  )
  const warnings: string[] = []
  const bundle = await rolldown({
    cwd: project.folder,
    input: 'page.js',
    platform: 'browser',
    onLog: (_level, { message }) => void warnings.push(message),
  })
  const { output } = await bundle.generate({ format: 'iife', name: 'page', codeSplitting: false })
  await bundle.close()
  expect(warnings.filter((warning) => /node:|resolve/i.test(warning))).toEqual([])
  expect(output).toHaveLength(1)
  const page = createContext(
    Object.fromEntries(WEB.split(' ').map((name) => [name, Reflect.get(globalThis, name) as unknown])),
  )
  const { run } = runInContext(`${output[0].code};page`, page) as { run: () => Promise<unknown> }
  const file = (name: string) =>
    `FixtureError: ${name}: expected an object or an array, since reading a file needs Node, found the path of a file`
  expect(await run()).toEqual({
    fired: true,
    identities: 3,
    faulted: 503,
    port: expect.stringMatching(/^Error: startMock needs Node/) as string,
    seed: file('people.yaml'),
    faults: file('faults.yaml'),
    later: expect.stringContaining(
      'more.yaml: expected an object or an array, since reading a file needs Node',
    ) as string,
  })
})

test('its program runs, by a link as npm makes it', () => {
  const link = join(project.folder, 'node_modules/.bin-link')
  symlinkSync(join(project.folder, 'node_modules/ory-identities-mock/dist/cli.js'), link)
  expect(project.node(link, '--version')).toBe('0.1.0\n')
  expect(project.node(link, 'exec', '-p', '0', '--', process.execPath, '-p', 'process.env.ORY_SDK_URL')).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\n$/,
  )
  project.write(
    'imports.js',
    "import 'ory-identities-mock/package.json'\n".replace('import ', '// ') +
      "await import('./node_modules/ory-identities-mock/dist/cli.js')\nconsole.log('imported')",
  )
  expect(project.node('imports.js')).toBe('imported\n')
})

const USE = `
import { connect, createMock, startMock, type Mock, type MockOptions } from 'ory-identities-mock'
import { test, type OryMock } from 'ory-identities-mock/vitest'
import { setup } from 'ory-identities-mock/vitest/setup'
import { Configuration, IdentityApi } from '@ory/client-fetch'
import { inject } from 'vitest'

const options: MockOptions = { port: 0, seed: [{ traits: {} }], profile: { base: 'documented', quirks: { firstPageTwice: true } } }
export const use = async (): Promise<void> => {
  await using ory: Mock = await createMock(options)
  await using started = await startMock({ ...options, logLevel: 'silent' })
  const [rule] = await ory.faults.add([{ match: { operation: 'listIdentitySessions' }, when: { times: 1 }, effect: { status: 503 } }])
  const id: string = rule!.id
  await ory.faults.remove(id)
  const now: Date = await connect(started.url).clock.advance('2h')
  const api = new IdentityApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
  await api.listIdentitySessions({ id: now.toISOString() })
  const provided: OryMock = inject('oryMock')
  connect(provided.url)
  // @ts-expect-error There is no such option.
  await createMock({ prot: 1 })
  // @ts-expect-error There is no such operation.
  await ory.faults.add({ match: { operation: 'listSession' } })
}
test('the fixture is a mock', async ({ ory }) => {
  await ory.reset()
})
export default setup({ seed: './people.yaml' })
`

test.each(['typescript', 'typescript-5.9'])(
  'its types hold under %s with exactOptionalPropertyTypes',
  { timeout: 60_000 },
  (compiler) => {
    project.write('use.ts', USE)
    project.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          lib: ['es2023', 'esnext.disposable', 'dom'],
          module: 'nodenext',
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: true,
          noEmit: true,
        },
        files: ['use.ts'],
      }),
    )
    expect(project.node(`node_modules/${compiler}/bin/tsc`, '-p', '.')).toBe('')
  },
)

test('its own declarations need no skipLibCheck', { timeout: 60_000 }, () => {
  project.write('index.ts', "export * from 'ory-identities-mock'\n")
  const args = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'nodenext',
    '--types',
    '',
    '--lib',
    'es2023,esnext.disposable,dom',
  ]
  expect(project.node('node_modules/typescript/bin/tsc', ...args, 'index.ts')).toBe('')
})

test('one line of configuration gives the tests of a project a running mock', { timeout: 60_000 }, () => {
  project.write('vitest.config.js', "export default { test: { globalSetup: ['ory-identities-mock/vitest/setup'] } }\n")
  project.write(
    'sessions.test.ts',
    `import { Configuration, IdentityApi } from '@ory/client-fetch'
    import { test as isolated } from 'ory-identities-mock/vitest'
    import { expect, inject, test } from 'vitest'

    test('the official client reads a session', async () => {
      const api = new IdentityApi(new Configuration({ basePath: inject('oryMock').url }))
      const sessions = (await Promise.all((await api.listIdentities()).map(({ id }) => api.listIdentitySessions({ id })))).flat()
      expect(sessions.length).toBeGreaterThan(5)
    })

    isolated('a project of its own', async ({ ory }) => {
      expect(ory.url).toContain(inject('oryMock').url + '/_mock/projects/')
      expect((await ory.fetch('/admin/identities')).status).toBe(200)
    })`,
  )
  expect(project.node('node_modules/vitest/vitest.mjs', 'run', '--no-color')).toMatch(/Tests +2 passed \(2\)/)
})

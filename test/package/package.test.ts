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
  project = new Project(packed, [
    'vitest',
    '@playwright/test',
    'typescript',
    'typescript-5.9',
    '@ory/client-fetch',
    '@types/node',
  ])
})

afterAll(() => project.remove())

test('the package holds what users need and nothing else', () => {
  const allowed = [
    /^(package\.json|README\.md|LICENSE|ARCHITECTURE\.md|CONTRIBUTING\.md|CHANGELOG\.md)$/,
    /^(fixture|faults)\.schema\.json$/,
    /^docs\/[a-z-]+\.md$/,
    /^fixtures\/[a-z.-]+\.(?:ya?ml|json)$/,
    /^dist\/(cli|index|browser|page|vitest\/(index|setup)|playwright\/index)\.js$/,
    /^dist\/chunks\/[\w-]+\.js$/,
    /^dist\/[\w/-]+\.d\.ts$/,
  ]
  const paths = [...packed.keys()]
  expect(paths.filter((path) => !allowed.some((one) => one.test(path)))).toEqual([])
  for (const one of allowed.filter(({ source }) => !source.includes('docs')))
    expect(paths.some((path) => one.test(path))).toBe(true)
})

test('the documents that its README links to are in the package', () => {
  const links = [
    ...packed
      .get('README.md')!
      .toString()
      .matchAll(/\]\((?!https?:)([^)#]+)/g),
  ].map(([, path]) => path!)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((path) => !packed.has(path))).toEqual([])
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

test('it is bundled for a browser without anything of Node, and serves there', async () => {
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
import { connect, createMock, startMock, type FaultRule, type Mock, type MockOptions } from 'ory-identities-mock'
import { test, type OryMock } from 'ory-identities-mock/vitest'
import { test as browserTest, type OryWorkerFixtures } from 'ory-identities-mock/playwright'
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
  const several: FaultRule | FaultRule[] = Math.random() > 2 ? { delay: '1s' } : [{ preset: 'maintenance' }]
  await ory.faults.add(several)
  await ory.faults.add({ sequence: ['pass', { status: 503, delay: { min: '1s', max: 2000 } }, { delay: 5 }] })
  await ory.faults.add({ effect: { status: 502, body: 'html' } })
  await ory.faults.add({ effect: { body: 'slow', bytes: 1, every: '5ms' } })
  await ory.seed(await api.listIdentities())
  await ory.seed(await api.listSessions())
  await ory.seed({ identities: [{ traits: {}, sessions: ['active', { expires_at: '+24h', devices: [{ user_agent: 'x' }] }] }] })
  await ory.seed({ schemas: [{ id: 'a', schema: {} }], sessions: [{ identity_id: id, active: false }] })
  await ory.seed({ schemas: { a: 'base64://e30=', b: {} }, generate: { identities: 3, sessions: 2 } })
  await ory.seed({ session_token: 'ory_st_x', session: { id, identity: { id, traits: {} } } })
  await ory.seed({ identities: [{ create: { traits: {} }, patch_id: id }] })
  await ory.seed(['./a.yaml', new URL('file:///b.yaml'), { identities: [] }])
  await ory.project({ name: 'own', profile: 'kratos-26.2', seed: { identities: [] }, now: '2026-11-23T01:00:00Z' })
  connect(process.env['ORY_MOCK_URL'])
}
export const refused = async (ory: Mock): Promise<void> => {
  // @ts-expect-error There is no such operation.
  await ory.faults.add({ match: { operation: 'listSession' }, effect: { status: 503 } })
  // @ts-expect-error A rule that does nothing.
  await ory.faults.add({})
  // @ts-expect-error A rule that does nothing, too.
  await ory.faults.add({ match: { operation: 'listSessions' }, when: { times: 1 } })
  // @ts-expect-error An effect beside a preset.
  await ory.faults.add({ effect: { status: 503 }, preset: 'maintenance' })
  // @ts-expect-error An effect beside a sequence.
  await ory.faults.add({ effect: { status: 503 }, sequence: ['pass'] })
  // @ts-expect-error A status and a connection in one effect.
  await ory.faults.add({ effect: { status: 503, connection: 'reset' } })
  // @ts-expect-error A page and a body in one effect.
  await ory.faults.add({ effect: { page: 'skip', body: 'empty' } })
  // @ts-expect-error An effect that is none.
  await ory.faults.add({ effect: {} })
  // @ts-expect-error A slow body without its pace.
  await ory.faults.add({ effect: { body: 'slow' } })
  // @ts-expect-error A rate limit in a sequence.
  await ory.faults.add({ sequence: [{ rateLimit: { limit: 1, window: '1s' } }] })
  // @ts-expect-error A step that does nothing.
  await ory.faults.add({ sequence: [{}] })
  // @ts-expect-error Methods are in capitals.
  await ory.faults.add({ match: { method: 'get' }, effect: { status: 503 } })
  // @ts-expect-error One bound alone.
  await ory.faults.add({ delay: { min: 1 } })
  // @ts-expect-error The same in options.
  await createMock({ faults: [{ effect: { statuses: 503 } }] })
  // @ts-expect-error A misspelt property of an identity.
  await ory.seed({ identities: [{ trait: {} }] })
  // @ts-expect-error A misspelt property of a session.
  await ory.seed({ identities: [{ sessions: [{ expire_at: '+1h' }] }] })
  // @ts-expect-error No state of that name.
  await ory.seed({ identities: [{ sessions: ['expierd'] }] })
  // @ts-expect-error A session of nobody.
  await ory.seed({ sessions: [{ active: true }] })
  // @ts-expect-error Neither a fixture nor an identity.
  await ory.seed({ identities: [], traits: {} })
  // @ts-expect-error The same in options.
  await createMock({ seed: { identitys: [] } })
  // @ts-expect-error No type of credential.
  await createMock({ seed: { identities: [{ credentials: { pasword: {} } }] } })
  // @ts-expect-error No state of an identity.
  await createMock({ seed: [{ traits: {}, state: 'on' }] })
  // @ts-expect-error No quirk.
  await createMock({ profile: { base: 'documented', quirks: { firstPage: true } } })
}
test('the fixture is a mock', async ({ ory }) => {
  await ory.reset()
})
export const oryMock: OryWorkerFixtures['oryMock'] = { seed: [{ traits: {} }], cors: 'http://localhost:3000' }
browserTest.use({ oryMock: 'http://127.0.0.1:4434' })
browserTest('the fixtures beside those of the browser', async ({ ory, page, signIn }) => {
  const mock: Mock = ory
  await page.setContent((await signIn('ada@example.com', { aal: 'aal2' })).token + mock.url)
  // @ts-expect-error No level of assurance.
  await signIn('ada@example.com', { aal: 'aal3' })
})
export default setup({ seed: './people.yaml' })
`

/** How a careful project compiles. */
const STRICT = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable', 'dom'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
}

const EXPORTS = `
import { connect, createMock, startMock, type Mock, type MockOptions } from 'ory-identities-mock'
import { test } from 'ory-identities-mock/vitest'
import { test as browserTest } from 'ory-identities-mock/playwright'
import { setup } from 'ory-identities-mock/vitest/setup'
import { inject } from 'vitest'

export const start = (options: MockOptions) => startMock(options)
export const inProcess = async () => ({ ory: await createMock(), other: connect('http://localhost') })
export const people = async (ory: Mock) => (await ory.seed({ identities: [{ traits: {} }] })).identities
export const sessions = async (ory: Mock) => (await ory.seed({ identities: [{ traits: {} }] })).sessions[0]
export const asked = (ory: Mock) => ory.requests.list({ operation: 'listSessions' })
export const operation = async (ory: Mock) => (await ory.requests.wait()).operation
export const broken = async (ory: Mock) => ({ one: await ory.faults.add({ delay: 1 }), all: await ory.faults.add([{ delay: 1 }]) })
export const rule = async (ory: Mock) => { const [{ id, match, when, delay, effect, sequence, preset } = {}] = await ory.faults.list(); return { id, match, when, delay, effect, sequence, preset } }
export const parts = ({ clock, faults, requests }: Mock) => ({ clock, faults, requests, seed: {} as MockOptions['seed'], profile: {} as MockOptions['profile'] })
export const saved = async (ory: Mock) => ({ snapshot: await ory.snapshot(), project: await ory.project('one') })
export const extended = test.extend<{ ada: string }>({ ada: async ({ ory }, use) => { await use((await people(ory))[0]!.id) } })
export const signedIn = browserTest.extend<{ token: string }>({ token: async ({ signIn }, use) => { await use((await signIn('ada@example.com')).token) } })
export const options = (seed: MockOptions['seed'], faults: MockOptions['faults']) => ({ seed, faults })
export const provided = () => inject('oryMock')
export default setup({ port: 0 })
`

test.each(['typescript', 'typescript-5.9'])(
  'its types hold under %s with exactOptionalPropertyTypes, and what helpers of a project infer from it can be declared',
  (compiler) => {
    project.write('use.ts', USE)
    project.write('helpers.ts', EXPORTS)
    project.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...STRICT,
          noUncheckedIndexedAccess: true,
          declaration: true,
          emitDeclarationOnly: true,
          outDir: 'declared',
        },
        files: ['use.ts', 'helpers.ts'],
      }),
    )
    expect(project.node(`node_modules/${compiler}/bin/tsc`, '-p', '.')).toBe('')
  },
)

test('the first example of its README compiles without the DOM library', () => {
  const readme = packed.get('README.md')!.toString()
  project.write('example.ts', /```ts\n([^]*?)```/.exec(readme)![1]!)
  const options = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node'
  const args = [...options.split(' '), '--lib', 'es2023,esnext.disposable', 'example.ts']
  expect(project.node('node_modules/typescript/bin/tsc', ...args)).toBe('')
})

test('its own declarations need no skipLibCheck', () => {
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

test('one line of configuration gives the tests of a project a running mock', () => {
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
  const run = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', 'sessions.test.ts'] as const
  expect(project.node(...run)).toMatch(/Tests +2 passed \(2\)/)
})

test('a path of a setup file counts from that file, under a root elsewhere and in projects', () => {
  const setup =
    "import { setup } from 'ory-identities-mock/vitest/setup'\nexport default setup({ seed: './people.yaml', faults: './trouble.yaml' })\n"
  for (const folder of ['shop', 'shop/packages/cart']) {
    project.write(`${folder}/setup/people.yaml`, 'identities: [{ traits: { email: ada@example.com } }]\n')
    project.write(`${folder}/setup/trouble.yaml`, '- { id: armed, delay: 1s, when: { after: 1h } }\n')
    project.write(`${folder}/setup/ory.ts`, setup)
    project.write(
      `${folder}/people.spec.ts`,
      `import { connect } from 'ory-identities-mock'
      import { expect, inject, test } from 'vitest'
      test('people of the file beside the setup', async () => {
        const ory = connect(inject('oryMock').url)
        expect(await (await ory.fetch('/admin/identities')).json()).toHaveLength(1)
        expect(await ory.faults.list()).toMatchObject([{ id: 'armed' }])
      })`,
    )
  }
  const config = "export default { test: { name: 'own', include: ['*.spec.ts'], globalSetup: ['./setup/ory.ts'] } }\n"
  project.write('shop/packages/cart/vitest.config.js', config)
  project.write('shop/vitest.config.js', config)
  project.write('shop/all.config.js', "export default { test: { projects: ['packages/*'] } }\n")
  const run = ['node_modules/vitest/vitest.mjs', 'run', '--no-color', '--root', 'shop'] as const
  expect(project.node(...run)).toMatch(/Tests +1 passed \(1\)/)
  expect(project.node(...run, '--config', 'all.config.js')).toMatch(/Tests +1 passed \(1\)/)
})

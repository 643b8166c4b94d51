import { afterAll, beforeAll, expect, test } from 'vitest'
import { pack, Project } from './install.ts'

let packed: ReadonlyMap<string, Buffer>
let project: Project

beforeAll(() => {
  packed = pack()
  project = new Project(packed, ['typescript', 'typescript-5.9', '@types/node'])
})

afterAll(() => project.remove())

/** What the compiler says of each line of a function's body. */
const saidOf = (lines: readonly string[], compiler: string, ...options: readonly string[]): readonly string[] => {
  const head = "import { createMock, type Fixture, type Mock } from 'ory-identities-mock'\n"
  project.write(
    'lines.ts',
    `${head}export const run = async (ory: Mock): Promise<unknown> => {\n${lines.join('\n')}\nreturn [createMock, {} as Fixture]\n}\n`,
  )
  const args = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022 --pretty false'
  const lib = ['--types', 'node', '--lib', 'es2023,esnext.disposable,dom', ...options]
  const known = compiler === 'typescript' ? args : args.replace('--ignoreConfig ', '')
  let said = ''
  try {
    project.node(`node_modules/${compiler}/bin/tsc`, ...known.split(' '), ...lib, 'lines.ts')
  } catch (error) {
    said = (error as Error).message
  }
  const found = lines.map(() => '')
  for (const [, line, text] of said.matchAll(/^lines\.ts\((\d+),[^]*?: error ([^]*?)(?=^\S|(?![^]))/gm))
    found[Number(line) - 3] = text!
  return found
}

/** Calls with something wrong, and how the compiler has to name it. */
const WRONG: readonly (readonly [call: string, named: string])[] = [
  [
    "ory.faults.add({ match: { operation: 'listSessions' }, effect: { staus: 503 } })",
    "'staus' does not exist in type .* Did you mean to write 'status'",
  ],
  ["ory.faults.add({ effect: { status: 503, connection: 'reset' } })", "Type 'string' is not assignable to type"],
  ['ory.faults.add({ effect: { status: 503, hedaers: {} } })', "Did you mean to write 'headers'"],
  ["ory.faults.add({ effect: { status: 503, delay: '1s' } })", "'delay' does not exist in type"],
  ['ory.faults.add({ sequence: [{ staus: 503 }] })', "Did you mean to write 'status'"],
  ["ory.faults.add({ preset: 'maintenence' })", `Did you mean '"maintenance"'`],
  ['ory.faults.add({ mach: {}, effect: { status: 503 } })', "Did you mean to write 'match'"],
  ["ory.faults.add({ match: { opration: 'x' }, effect: { status: 503 } })", "Did you mean to write 'operation'"],
  ["ory.faults.add({ match: { operation: 'listSession' }, effect: { status: 503 } })", `Did you mean '"listSessions"'`],
  ['ory.faults.add([{ effect: { staus: 503 } }])', "Did you mean to write 'status'"],
  ['createMock({ faults: { effect: { staus: 503 } } })', "Did you mean to write 'status'"],
  ["ory.signIn('a', { method: 'pasword' })", `Did you mean '"password"'`],
  ["(await ory.signIn('a')).session.expires", "Property 'expires' does not exist"],
  ['(await ory.seed({})).identities[0]!.trait', "Did you mean 'traits'"],
]

test.each(['typescript', 'typescript-5.9'])('%s names what is misspelt', (compiler) => {
  const said = saidOf(
    WRONG.map(([call]) => `await ${call}`),
    compiler,
  )
  expect(said).toEqual(WRONG.map(([, named]) => expect.stringMatching(new RegExp(named)) as string))
})

test('the compiler says that a rule which does nothing lacks an effect', () => {
  const said = saidOf(
    ['await ory.faults.add({})', "await ory.faults.add({ match: { operation: 'listSessions' }, when: { times: 1 } })"],
    'typescript',
  )
  expect(said).toEqual(said.map(() => expect.stringContaining("Property 'effect' is missing") as string))
})

test('what seeding and signing in give has the types of what is printed', () => {
  const lines = [
    "const { session } = await ory.signIn('ada@example.com', { method: 'oidc' })",
    'const times: string[] = [session.expires_at, session.issued_at, session.authenticated_at]',
    "times.push(session.identity.id, session.devices[0]!.id, session.authentication_methods[0]?.method ?? '')",
    'const { identities, sessions } = await ory.seed({ identities: [{ traits: {} }] })',
    "times.push(sessions[0]!.expires_at, sessions[0]!.token, String(identities[0]!.traits['email']))",
    "const { verifiable_addresses: all, credentials } = identities[0]!; times.push(all[0]!.value, credentials['password']!.type)",
  ]
  expect(saidOf(lines, 'typescript')).toEqual(lines.map(() => ''))
})

test('the example of docs/fixtures.md takes an object that stands apart, and a file, and seeds with them', () => {
  const [, example] = /## In TypeScript[^]*?```ts\n([^]*?)```/.exec(packed.get('docs/fixtures.md')!.toString())!
  project.write('team.json', '{ "identities": [{ "traits": {}, "sessions": ["active", { "expires_at": "+1h" }] }] }')
  project.write(
    'apart.ts',
    `${example}console.log((await (await ory.fetch('/admin/sessions')).json() as unknown[]).length)\n`,
  )
  project.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true,
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2023', 'esnext.disposable', 'dom'],
        types: ['node'],
        resolveJsonModule: true,
        outDir: 'made',
      },
      files: ['apart.ts'],
    }),
  )
  expect(project.node('node_modules/typescript/bin/tsc', '-p', '.')).toBe('')
  expect(project.node('made/apart.js')).toBe('5\n')
})

test.each([
  ['typescript', 'es2020', 'dom'],
  ['typescript', 'es2022', 'dom'],
  ['typescript-5.9', 'es2020', 'dom'],
])('its declarations stand by themselves under %s with the library of %s', (compiler, ...lib) => {
  project.write('bare.ts', "export * from 'ory-identities-mock'\n")
  project.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { strict: true, noEmit: true, module: 'nodenext', target: 'es2020', lib, types: [] },
      files: ['bare.ts'],
    }),
  )
  expect(project.node(`node_modules/${compiler}/bin/tsc`, '-p', '.')).toBe('')
})

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'src')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path))

/** From the ground up. What stands on one line is one storey, whose parts do not know each other. */
const STOREYS = [
  ['model'],
  ['go'],
  ['jsonpatch'],
  ['store', 'profiles', 'databases', 'faults', 'journal'],
  ['jsonschema'],
  ['world'],
  ['api'],
  ['courier'],
  ['flows', 'seed'],
  ['config'],
  ['mock-interface'],
  ['control'],
  ['http'],
  ['options'],
  ['sockets'],
  ['without-node', 'reseed'],
  ['mock', 'connect'],
  ['ui', 'verdict'],
  ['index', 'cli', 'vitest', 'playwright'],
]

const partOf = (path: string): string => path.split('/')[0]!.replace(/\.tsx?$/, '')

const storeyOf = (path: string): number => STOREYS.findIndex((parts) => parts.includes(partOf(path)))

interface Import {
  readonly from: string
  /** Within `src`, or as it is named for what is not. */
  readonly to: string
  readonly lazy: boolean
  readonly typesOnly: boolean
}

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(source, from), 'utf8')
  const found = [
    ...text.matchAll(/^(?:import|export)(?<type> type)? [^'"]*?from '(?<to>[^']+)'/gms),
    ...text.matchAll(/^import '(?<to>[^']+)'/gm),
    ...text.matchAll(/(?<lazy>\bimport)\('(?<to>[^']+)'\)/g),
  ]
  return found.map(({ groups }) => {
    const { to, lazy, type } = groups as { readonly to: string; readonly lazy?: string; readonly type?: string }
    const path = to.startsWith('.') ? relative(source, resolve(source, dirname(from), to)) : to
    return { from, to: path, lazy: lazy !== undefined, typesOnly: type !== undefined }
  })
})

const shown = ({ from, to }: Import): string => `${from} -> ${to}`

test('every folder has its storey, and no import goes up, be it lazy or of types', () => {
  expect(files.filter((path) => storeyOf(path) < 0)).toEqual([])
  const inside = imports.filter(({ to }) => /\.tsx?$/.test(to))
  expect(inside.length).toBeGreaterThan(files.length)
  const upward = inside.filter(({ from, to }) => {
    if (partOf(from) === partOf(to)) return false
    return storeyOf(to) < 0 || storeyOf(to) >= storeyOf(from)
  })
  expect(upward.map(shown)).toEqual([])
})

test('no import leads back to its own file, be it lazy or of types', () => {
  const ways = new Map<string, string[]>(files.map((file) => [file, []]))
  for (const { from, to } of imports) ways.get(from)!.push(to)
  /** The shortest ways on from a file that come back to it. */
  const circleOf = (file: string): string | undefined => {
    const came = new Map([[file, file]])
    for (const from of came.keys())
      for (const to of ways.get(from) ?? []) {
        if (to === file) {
          const way = [from]
          while (way[0] !== file) way.unshift(came.get(way[0]!)!)
          return [...way, file].join(' -> ')
        }
        if (!came.has(to)) came.set(to, from)
      }
    return undefined
  }
  expect(files.map(circleOf).filter((circle) => circle !== undefined)).toEqual([])
})

/** Where packages may be imported. */
const HOMES: Readonly<Record<string, RegExp>> = {
  hono: /^http\/control\//,
  '@hono/node-server': /^sockets\/socket-wire\.ts$/,
  '@faker-js/faker': /^seed\/generate/,
  yaml: /^seed\/(read-yaml|yaml)/,
  'hash-wasm': /^flows\/passwords\//,
  jose: /^api\/sessions\/tokenize\.ts$/,
  re2js: /^jsonschema\/go-regexp\.ts$/,
  'libphonenumber-js': /^jsonschema\/phone\.ts$/,
  preact: /^ui\//,
  '#page': /^http\/control\/ui\.ts$/,
  vitest: /^vitest\//,
  '@playwright/test': /^playwright\//,
  node: /^(sockets\/.*|cli\.ts|cli\/.*|seed\/read(-bytes|-watch)?\.ts|vitest\/.*)$/,
}

const packageOf = (to: string): string =>
  to.startsWith('node:')
    ? 'node'
    : to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/')

test('each dependency stands where it belongs', () => {
  const outside = imports.filter(({ to }) => !/\.tsx?$/.test(to))
  expect(outside.filter(({ from, to }) => HOMES[packageOf(to)]?.test(from) !== true).map(shown)).toEqual([])
})

test('a start that needs no YAML, no pattern, no phone number, no faker, no flow, no /_mock and no page does not load them', () => {
  const loaded = new Set(['cli/serve.ts', 'mock.ts', 'sockets/listen.ts', 'seed/read.ts'])
  for (const path of loaded) {
    for (const { from, to, lazy, typesOnly } of imports) if (from === path && !lazy && !typesOnly) loaded.add(to)
  }
  expect(loaded.size).toBeGreaterThan(50)
  expect([...loaded].filter((path) => /^(ui\/|#page|http\/control\/)/.test(path))).toEqual([])
  expect(
    ['yaml', '@faker-js/faker', 'jose', 'hash-wasm', 're2js', 'libphonenumber-js', 'hono', '@hono/node-server'].filter(
      (name) => [...loaded].map(packageOf).includes(name),
    ),
  ).toEqual([])
  expect([...loaded].filter((path) => /^(?:flows|courier)\//.test(path))).toEqual([])
})

/** What the linter says of files of a house with its configuration. */
const lint = (house: Readonly<Record<string, string>>): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-house-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, text] of Object.entries(house)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'unix'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return []
  } catch (error) {
    const { stdout } = error as { readonly stdout: string }
    return [...stdout.matchAll(/^(\S+?):\d+:\d+: .*\[Error\/(\S+)\]$/gm)].map(([, path, rule]) => `${path} ${rule}`)
  }
}

test('the linter refuses what the house forbids', () => {
  const found = lint({
    'src/store/time.ts': 'export const now = (): number => Date.now()\n',
    'src/api/sessions/chance.ts':
      'export const id = (): string => crypto.randomUUID()\nexport const n = Math.random()\n',
    'src/api/identities/wait.ts': 'export const wait = (f: () => void): unknown => globalThis.setTimeout(f, 1)\n',
    'src/http/one.ts': "export { two } from './two.ts'\nexport const one = 1\n",
    'src/http/two.ts': "export { one } from './one.ts'\nexport const two = 2\n",
    'src/http/long.ts': Array.from({ length: 251 }, (_, n) => `export const n${n} = ${n}\n`).join(''),
    'src/world/clock.ts': 'export const now = (): number => Date.now()\n',
  })
  expect(found.toSorted()).toEqual([
    'src/api/identities/wait.ts eslint(no-restricted-globals)',
    'src/api/sessions/chance.ts eslint(no-restricted-properties)',
    'src/api/sessions/chance.ts eslint(no-restricted-properties)',
    'src/http/long.ts eslint(max-lines)',
    'src/http/one.ts import(no-cycle)',
    'src/http/two.ts import(no-cycle)',
    'src/store/time.ts eslint(no-restricted-globals)',
  ])
})

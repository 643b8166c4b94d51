import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { watchFiles } from '../../src/seed/read.ts'
import { stampAt } from '../../src/seed/read-bytes.ts'
import { run } from '../cli/program.ts'

const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const refusal = async (options: object): Promise<string> =>
  createMock({ seed: {}, ...options } as MockOptions).then(
    () => 'accepted',
    (error: Error) => error.message,
  )

/** The ways to name a file. */
const ways: Readonly<Record<string, (file: string) => object>> = {
  fixture: (file) => ({ seed: file }),
  'schema of a fixture': (file) => ({ seed: { schemas: { default: `file://${file}` } } }),
  configuration: (file) => ({ config: file }),
  'schema of a configuration': (file) => ({
    config: { identity: { schemas: [{ id: 'default', url: `file://${file}` }] } },
  }),
  'file of fault rules': (file) => ({ faults: file }),
}

const makePipe = (path: string): unknown => execFileSync('sh', ['-c', 'mkfifo "$0"', path])

/** What is no file to read, made at a path, and what is said of it. */
const kinds: Readonly<Record<string, readonly [make: (path: string) => unknown, found: string]>> = {
  folder: [(path) => mkdirSync(path), 'a folder'],
  'circle of links': [(path) => symlinkSync(path, path), 'links that lead in a circle'],
  'link to nothing': [(path) => symlinkSync(`${path}.gone`, path), 'no such file|which is not there'],
  'link to a device': [(path) => symlinkSync('/dev/zero', path), 'a device, which may have no end'],
  'pipe that nobody writes to': [makePipe, 'a pipe that nobody writes to, or nothing'],
  socket: [
    async (path) => {
      const server = createServer().listen(path)
      onTestFinished(() => void server.close())
      await once(server, 'listening')
    },
    'a socket',
  ],
  'file that is too large': [
    (path) => {
      writeFileSync(path, '')
      truncateSync(path, 2 ** 33)
    },
    'more than half a gigabyte, which is too large',
  ],
}

describe('what is no file to read is refused by its name and kind', () => {
  test.each(Object.keys(kinds).flatMap((kind) => Object.keys(ways).map((way) => [kind, way] as const)))(
    'a %s as %s',
    async (kind, way) => {
      const [make, found] = kinds[kind]!
      const path = join(folderOf(), 'a.json')
      await make(path)
      const message = await refusal(ways[way]!(path))
      expect(message).toContain(path)
      expect(message).toMatch(new RegExp(found))
    },
  )

  test.each(Object.keys(kinds))('a %s by check, which ends', async (kind) => {
    const [make, found] = kinds[kind]!
    const path = join(folderOf(), 'a.json')
    await make(path)
    const { status, stdout } = await run(['check', path])
    expect([status, stdout.split('\n')[0]]).toEqual([2, expect.stringContaining(`${path}: expected a file`)])
    expect(stdout).toMatch(new RegExp(`found ${found}`))
  })
})

test('a pipe is read to its end, however slowly it is written', async () => {
  const path = join(folderOf(), 'pipe')
  makePipe(path)
  const writer = spawn('sh', ['-c', `{ printf '{"identities":'; sleep 0.1; printf '[{},{}]}'; } > "$0"`, path])
  onTestFinished(() => void writer.kill())
  await using ory = await createMock({ seed: path })
  expect(await (await ory.fetch('/admin/identities')).json()).toHaveLength(2)
})

/** Follows files until the end of a test. @returns how, and those that changed. */
const following = (): readonly [follow: ReturnType<typeof watchFiles>, changed: string[]] => {
  const changed: string[] = []
  const end = new AbortController()
  onTestFinished(() => end.abort())
  return [watchFiles(async (file) => void changed.push(file), end.signal), changed]
}

test('a file that is written after it was read, and before it is watched, counts as changed', async () => {
  const file = join(folderOf(), 'a.json')
  writeFileSync(file, '1')
  const read = stampAt(file)
  writeFileSync(file, '12')
  const [follow, changed] = following()
  await follow(new Map([[file, read]]), true)
  await expect.poll(() => changed).toEqual([file])
})

test('a file that came after it was looked for counts as changed', async () => {
  const file = join(folderOf(), 'a.json')
  const [follow, changed] = following()
  await follow(new Map([[file, undefined]]), true)
  writeFileSync(file, '1')
  await expect.poll(() => changed).toEqual([file])
})

test('a mock that watches says when a file was written while it started', async () => {
  const folder = folderOf()
  const [seed, schema] = [join(folder, 'seed.json'), join(folder, 'schema.json')]
  writeFileSync(seed, JSON.stringify({ schemas: { default: 'file://schema.json' }, identities: [{}] }))
  writeFileSync(schema, JSON.stringify({ properties: { traits: { type: 'object', properties: { a: {} } } } }))
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const starting = createMock({ seed, watch: true })
  writeFileSync(seed, JSON.stringify({ identities: [{}, {}, {}] }))
  await using ory = await starting
  const count = async (): Promise<number> =>
    ((await (await ory.fetch('/admin/identities')).json()) as readonly unknown[]).length
  await expect.poll(count).toBe(3)
})

test('a pipe is read once, and does not count as changed for that', async () => {
  const path = join(folderOf(), 'pipe')
  makePipe(path)
  const writer = spawn('sh', ['-c', `printf '{"identities":[{}]}' > "$0"`, path])
  onTestFinished(() => void writer.kill())
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  await using ory = await createMock({ seed: path, watch: true })
  expect(stampAt(path)).toBeUndefined()
  // A file in its place is one that was written.
  rmSync(path)
  writeFileSync(path, '{"identities":[{},{}]}')
  const count = async (): Promise<number> =>
    ((await (await ory.fetch('/admin/identities')).json()) as readonly unknown[]).length
  await expect.poll(count).toBe(2)
  expect(said.mock.calls.flat().join('\n')).not.toContain('keeps what it had')
})

/** How many folders this process watches, as Linux tells it. */
const watches = (): number =>
  readdirSync('/proc/self/fdinfo')
    .map((fd) => (existsSync(`/proc/self/fdinfo/${fd}`) ? readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8') : ''))
    .reduce((sum, text) => sum + text.split('inotify wd:').length - 1, 0)

test('a file that is not named any more is not watched any more', async () => {
  const [first, second] = [folderOf(), folderOf()]
  const [a, b] = [join(first, 'a.json'), join(second, 'b.json')]
  for (const file of [a, b]) writeFileSync(file, '1')
  const [follow, changed] = following()
  const before = process.platform === 'linux' ? watches() : 0
  await follow(new Map([[a, stampAt(a)]]), true)
  await follow(new Map([[b, stampAt(b)]]), true)
  if (process.platform === 'linux') await expect.poll(watches).toBe(before + 1)
  writeFileSync(a, '12')
  writeFileSync(b, '12')
  await expect.poll(() => changed).toEqual([b])
  // Where the second one is refused, the first may be what mends it.
  await follow(new Map([[a, stampAt(a)]]), false)
  writeFileSync(b, '123')
  await expect.poll(() => changed).toEqual([b, b])
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { files, serve } from './program.ts'

/** Prints at its end which of Node's own modules a process has loaded. */
const LISTS = `process.on('exit', () => console.error(process.moduleLoadList.join('\\n')))\n`

const FIXTURE = '{ "identities": [{ "traits": { "email": "ada@example.com" }, "sessions": ["active"] }] }'

test("neither a start nor a request loads the platform's fetch, its workers or its streams", async () => {
  const { 'lists.cjs': lists, 'team.json': team } = files({ 'lists.cjs': LISTS, 'team.json': FIXTURE })
  const program = await serve(['--seed', team], { NODE_OPTIONS: `--require=${lists}` })
  expect((await fetch(`${program.ready.url}/admin/identities`)).status).toBe(200)
  program.child.kill()
  expect(await program.status()).toBe(0)
  const loaded = program.stderr.split('\n').map((line) => line.replace('NativeModule ', ''))
  expect(loaded).toContain('http')
  for (const costly of ['internal/deps/undici/undici', 'http2', 'worker_threads', 'internal/webstreams/readablestream'])
    expect(loaded).not.toContain(costly)
})

test('a start loads few files, since each of them costs time', () => {
  const loaded = new Set<string>()
  const load = (file: string): void => {
    if (loaded.has(file)) return
    loaded.add(file)
    const text = readFileSync(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)), 'utf8')
    for (const [, next] of text.matchAll(/^import .*from "\.\/(?:chunks\/)?([^"]+)"/gm)) load(`chunks/${next!}`)
  }
  for (const file of ['cli.js', 'chunks/main.js', 'chunks/start.js', 'chunks/listen.js', 'chunks/read.js']) load(file)
  expect(loaded).toContain('chunks/mock.js')
  expect(loaded.size).toBeLessThanOrEqual(8)
})

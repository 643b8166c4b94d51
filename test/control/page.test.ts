import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { describeTransports, NOW } from '../support.ts'
import { startMock } from '../../src/index.ts'

interface Index {
  readonly url: string
  readonly page: string
  readonly routes: readonly { readonly method: string; readonly path: string; readonly output: string }[]
}

describeTransports('The page', (start) => {
  test('is served with a policy that lets nothing else in, and with tags that say whether it changed', async () => {
    await using ory = await start({ now: NOW })
    const page = await ory.fetch('/_mock/ui')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    // A browser would begin a process for it, and show nothing until then.
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull()
    const policy = page.headers.get('content-security-policy')!.split('; ')
    expect(policy).toContain("default-src 'none'")
    expect(policy.filter((part) => /unsafe|http|\*|data:/.test(part))).toEqual([])
    const html = await page.text()
    const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const { style } = /<style>(?<style>[^]*)<\/style>/.exec(html)!.groups as { style: string }
    expect(policy).toContain(`style-src 'self' ${digest(style)}`)
    const { script } = /<script>(?<script>[^]*?)<\/script>/.exec(html)!.groups as { script: string }
    expect(policy).toContain(`script-src 'self' ${digest(script)}`)
    const assets = new Set(
      [...html.matchAll(/(?:src=|href=|import\()["'](?:\.\/)?(ui\/[^"']+)/g)].map(([, path]) => path!),
    )
    expect([...assets].sort()).toEqual(['ui/icon.svg', 'ui/page.js'])
    const rest = html.replace(/<script type="application\/json"[^]*?<\/script>/, '').replace(script, '')
    expect(rest.replace('<script></script>', '')).not.toMatch(/<script>|style=|https?:|\son\w+=/)
    for (const path of ['ui', ...assets]) {
      const asset = await ory.fetch(`/_mock/${path}`)
      expect(asset.status).toBe(200)
      const tag = asset.headers.get('etag')!
      expect(tag).toMatch(/^"[\w-]+"$/)
      const again = await ory.fetch(`/_mock/${path}`, { headers: { 'If-None-Match': `"other", W/${tag}` } })
      expect([again.status, await again.text()]).toEqual([304, ''])
    }
  })

  test('stands under the root of a project, too, and is refused to other sites as the rest of the control plane', async () => {
    await using ory = await start({ now: NOW })
    const project = await ory.project('mine')
    expect((await project.fetch('/_mock/ui')).status).toBe(200)
    expect((await project.fetch('/_mock/ui/page.js')).status).toBe(200)
    for (const path of ['/_mock/ui', '/_mock/ui/page.js', '/_mock/events', '/_mock/people', '/_mock'])
      for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
        expect((await ory.fetch(path, { headers })).status).toBe(403)
    const missing = await ory.fetch('/_mock/ui/other.js')
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain('page.js')
  })

  test('the control plane lists its calls, for a program and for a reader', async () => {
    await using ory = await start({ now: NOW })
    const index = (await (await ory.fetch('/_mock')).json()) as Index
    expect(index).toMatchObject({ url: ory.url, page: `${ory.url}/_mock/ui` })
    const html = await (await ory.fetch('/_mock', { headers: { Accept: 'text/html,*/*;q=0.8' } })).text()
    const methods = new Map<string, string[]>()
    for (const { method, path } of index.routes) {
      methods.set(path, [...(methods.get(path) ?? []), method])
      expect(html).toContain(path)
    }
    expect(methods.size).toBeGreaterThan(20)
    // Each path has exactly the methods that are listed for it.
    for (const [path, listed] of methods) {
      const answer = await ory.fetch(path.replaceAll(/\{\w+\}/g, 'x'), { method: 'PATCH' })
      expect([path, answer.status]).toEqual([path, 405])
      const allowed = answer.headers
        .get('allow')!
        .split(', ')
        .filter((method) => method !== 'HEAD')
      expect([path, allowed]).toEqual([path, expect.arrayContaining(listed.toSorted())])
    }
    const project = await ory.project()
    expect(((await (await project.fetch('/_mock')).json()) as Index).url).toBe(project.url)
  })
})

test('what the page weighs is at most 60 kB, compressed', () => {
  const size = gzipSync(readFileSync(new URL('../../dist/page.js', import.meta.url)), { level: 9 }).length
  expect(size).toBeGreaterThan(10_000)
  expect(size).toBeLessThanOrEqual(60_000)
})

test('a project says what it is: a token that lets in, its quirks, schemas and snapshots', async () => {
  await using ory = await startMock({ port: 0, now: NOW, token: 'secret', profile: 'kratos-26.2' })
  const { id } = await ory.snapshot()
  const card = async (path: string): Promise<Record<string, unknown>> =>
    (await (await ory.fetch(`${path}/_mock/project`)).json()) as Record<string, unknown>
  expect(await card('')).toMatchObject({ name: '', token: 'secret', profile: 'kratos-26.2', snapshots: [id] })
  const { quirks } = (await card('')) as { quirks: { name: string; on: boolean; summary: string }[] }
  expect(quirks.find(({ name }) => name === 'firstPageTwice')).toMatchObject({ on: true })
  expect(quirks.some(({ on }) => !on)).toBe(true)
  const project = await ory.project('mine')
  expect(await card('/_mock/projects/mine')).toMatchObject({ name: 'mine', token: project.token, url: project.url })
})

test('a project gives traits as each of its schemas asks for them, which the API takes', async () => {
  const traits = {
    type: 'object',
    required: ['mail', 'home', 'age', 'born', 'plan', 'tags', 'odd'],
    properties: {
      nick: { type: 'string' },
      mail: { type: 'string', format: 'email' },
      home: { type: 'object', properties: { city: { type: 'string' }, street: { type: 'string' } } },
      age: { type: 'integer', minimum: 18 },
      born: { type: 'string', format: 'date' },
      plan: { enum: ['free', 'paid'] },
      tags: { type: 'array', minItems: 1, items: { type: 'boolean' } },
      odd: { type: 'string', examples: ['as told'] },
    },
  }
  const schemas = {
    own: { type: 'object', properties: { traits } },
    bare: { type: 'object', properties: { traits: { type: 'object', properties: { any: {} } } } },
  }
  await using ory = await startMock({ port: 0, now: NOW, seed: { schemas, identities: [] } })
  const { examples } = (await (await ory.fetch('/_mock/project')).json()) as { examples: Record<string, unknown> }
  expect(examples).toMatchObject({
    own: { home: { city: 'text' }, age: 18, born: '1990-01-31', plan: 'free', tags: [true], odd: 'as told' },
    bare: {},
  })
  for (const [schema_id, example] of Object.entries(examples)) {
    const body = JSON.stringify({ schema_id, traits: example })
    const headers = { 'Content-Type': 'application/json' }
    expect((await ory.fetch('/admin/identities', { method: 'POST', headers, body })).status).toBe(201)
  }
})

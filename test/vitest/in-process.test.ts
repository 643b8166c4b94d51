import { describe, expect } from 'vitest'
import { test } from '../../src/vitest/index.ts'
import ready, { setup } from '../../src/vitest/setup.ts'
import { transcript } from '../../src/verdict/transcript.ts'

describe('The fixture `ory` without a global setup', () => {
  test('is a project of a mock in this process', async ({ ory }) => {
    expect(ory.url).toMatch(/\/_mock\/projects\/project-\d+$/)
    const identities = (await (await ory.fetch('/admin/identities')).json()) as { id: string }[]
    expect(identities.length).toBeGreaterThan(0)
    expect((await ory.fetch(`/admin/identities/${identities[0]!.id}/sessions`, { method: 'DELETE' })).status).toBe(204)
    await ory.clock.set('2030-01-01T00:00:00Z')
  })

  test('is another project for the next test', async ({ ory }) => {
    expect(await ory.requests.list()).toEqual([])
    expect((await ory.clock.now()).getTime()).toBeLessThan(Date.parse('2030-01-01T00:00:00Z'))
  })
})

describe('The global setup', () => {
  test('starts a mock on a free port, provides where it is, and stops it', async () => {
    for (const start of [ready, setup({ seed: { identities: [] } })]) {
      const provided: Record<string, { readonly url: string; readonly publicUrl: string }> = {}
      const stop = await start({ provide: (key, value) => (provided[key] = value as never) })
      const { url, publicUrl } = provided['oryMock']!
      expect(publicUrl).toBe(url)
      expect((await fetch(`${url}/_mock/health`)).status).toBe(200)
      await stop()
      await expect(fetch(`${url}/_mock/health`)).rejects.toThrow('fetch failed')
    }
  })

  test('rejects options that are wrong', async () => {
    await expect(setup({ prot: 1 } as object)({ provide: () => {} })).rejects.toThrow('port')
  })
})

describe('The transcript of a failed test', () => {
  const entry = {
    seq: 1,
    at: '2026-11-23T01:00:00Z',
    operation: null,
    method: 'GET',
    path: '/a',
    query: {},
    headers: {},
    body: null,
    status: 200,
    durationMs: 1.25,
    fault: null,
    response: null,
  } as const

  test('has a line for each request, with its query, its status and its fault', () => {
    const requests = [
      { ...entry, query: { x: ['1', '2'], y: '3' } },
      { ...entry, seq: 2, status: 0, fault: 'cut' },
    ]
    expect(transcript('signs out', requests)).toBe(
      'The mock of "signs out" saw 2 requests:\n' +
        '  1. GET /a?x=1&x=2&y=3 -> 200 (1.3 ms)\n' +
        '  2. GET /a -> no answer, fault cut (1.3 ms)',
    )
    const refused = { headers: {}, body: { error: { reason: 'It  is\nwrong.', message: 'Bad.' } } }
    const held = { ...entry, status: null, fault: 'slow' }
    expect(transcript('t', [{ ...entry, status: 400, response: refused }, held])).toBe(
      'The mock of "t" saw 2 requests:\n' +
        '  1. GET /a -> 400 (1.3 ms): It is wrong.\n' +
        '  1. GET /a -> in flight, held by fault slow (1.3 ms)',
    )
    expect(transcript('t', [entry])).toContain('saw 1 request:')
    expect(transcript('t', [])).toBe('The mock of "t" saw no request.')
  })

  test('has the last ten of many', () => {
    const lines = transcript(
      't',
      Array.from({ length: 12 }, (_, n) => ({ ...entry, seq: n + 1 })),
    ).split('\n')
    expect(lines[0]).toBe('The mock of "t" saw 12 requests, the last 10 of them:')
    expect(lines.slice(1).map((line) => line.slice(0, 5).trim())).toEqual([
      '3.',
      '4.',
      '5.',
      '6.',
      '7.',
      '8.',
      '9.',
      '10.',
      '11.',
      '12.',
    ])
  })
})

import { expect, test } from 'vitest'
import { files } from '../cli/program.ts'
import { NOW, person, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [person(1)] }

describeDoors('Fault rules', (start) => {
  const get = async (ory: { fetch: typeof fetch }): Promise<number> =>
    (await ory.fetch(`/admin/identities/${uuid(1)}`)).status

  test('are armed one or several at a time, listed, removed and cleared', async () => {
    await using ory = await start({ seed, now: NOW })
    const one = await ory.faults.add({
      match: { operation: 'getIdentity' },
      when: { times: 1 },
      effect: { status: 503 },
    })
    expect(one).toMatchObject({ id: 'fault-1', hits: 0 })
    const two = await ory.faults.add([
      { id: 'a', effect: { status: 500 } },
      { id: 'b', effect: { status: 502 } },
    ])
    expect(two.map(({ id }) => id)).toEqual(['a', 'b'])
    expect([await get(ory), await get(ory)]).toEqual([503, 500])
    await ory.faults.remove('a')
    expect(await get(ory)).toBe(502)
    await ory.faults.remove(one)
    expect(await ory.faults.list()).toMatchObject([{ id: 'b', hits: 1 }])
    await ory.faults.clear()
    expect([await get(ory), await ory.faults.list()]).toEqual([200, []])
  })

  test('that are bad arm nothing', async () => {
    await using ory = await start({ seed, now: NOW })
    const bad = [{ id: 'good', effect: { status: 500 } }, { efect: { status: 500 } }]
    await expect(ory.faults.add(bad as never)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('/1') as string,
    })
    await expect(ory.faults.add(undefined as never)).rejects.toMatchObject({ status: 400 })
    expect(await ory.faults.list()).toEqual([])
  })

  test('that do not exist cannot be removed', async () => {
    await using ory = await start({ seed, now: NOW })
    await expect(ory.faults.remove('nothing')).rejects.toMatchObject({ status: 404 })
    await ory.faults.add({ id: 'there', effect: { status: 500 } })
    await expect(ory.faults.remove('their')).rejects.toThrow('Armed are there.')
    for (const id of ['', '.', '..', '../reset'])
      await expect(ory.faults.remove(id)).rejects.toMatchObject({ status: 404 })
    expect(await ory.faults.list()).toHaveLength(1)
  })

  test('are verified: each that never fired is named, with the reason', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.verify()
    await ory.faults.add([
      { id: 'used', match: { operation: 'getIdentity' }, effect: { status: 503 } },
      { id: 'idle', match: { operation: 'deleteIdentity' }, effect: { status: 503 } },
    ])
    await get(ory)
    const refusal = await ory.faults.verify().then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(refusal).toMatchObject({ status: 409, details: { rules: [{ id: 'idle' }] } })
    expect((refusal as Error).message).toMatch(/^A fault rule never fired\. idle: /)
    await ory.faults.remove('idle')
    await ory.faults.verify()
  })

  test('that never fired are named with what they were to match and from where they were armed', async () => {
    const here = /[^ ]*test\/mock\/(?:faults\.test|doors)\.ts:\d+:\d+/.source
    await using ory = await start({
      seed,
      now: NOW,
      faults: { match: { operation: 'deleteIdentity', query: { a: true } }, effect: { status: 503 } },
    })
    await ory.faults.add({ effect: { page: 'loop' } })
    const wants = '`operation` deleteIdentity and `query.a` any value'
    await expect(ory.faults.verify()).rejects.toThrow(
      new RegExp(
        `^2 fault rules never fired\\. fault-1: no request came \\(it was to match ${wants}, armed at ${here}\\)\\. ` +
          `fault-2: no request came \\(it was to match \`effect\\.page\` GET of a list, armed at ${here}\\)\\.$`,
      ),
    )
    const refusal = await ory.faults.verify().catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      details: { rules: [{ id: 'fault-1', wants, from: expect.stringMatching(here) as string }, { id: 'fault-2' }] },
    })
  })

  test('armed over HTTP or from a file say so as far as that is known', async () => {
    const { rules } = files({ rules: '- { effect: { status: 503 } }' })
    await using ory = await start({ seed, now: NOW, faults: rules })
    await ory.fetch('/_mock/faults', { method: 'POST', body: '{"effect":{"status":500}}' })
    await expect(ory.faults.verify()).rejects.toThrow(
      `fault-1: no request came (it was to match any request, armed at ${rules}). ` +
        'fault-2: no request came (it was to match any request).',
    )
  })

  test('that never fired name the closest of several requests, be they pages that were served before', async () => {
    await using ory = await start({ seed, now: NOW })
    const list = `/admin/identities/${uuid(1)}/sessions`
    const paths = [list, '/admin/sessions?a=b', '/admin/sessions', list, '/health/alive']
    for (const path of paths) await ory.fetch(path)
    await ory.faults.add([
      { match: { operation: 'listSessions', query: { a: 'b', c: 'd' } }, effect: { status: 503 } },
      { match: { operation: 'deleteIdentitySessions', identity: uuid(1) }, effect: { status: 503 } },
    ])
    for (const path of paths) await ory.fetch(path)
    expect((await ory.faults.list()).map(({ nearestMiss }) => nearestMiss)).toEqual([
      '`GET /admin/sessions?a=b` came closest: it failed `query.c` (wanted d, was absent)',
      `\`GET ${list}\` came closest: it failed \`operation\` (wanted deleteIdentitySessions, was listIdentitySessions)`,
    ])
  })
})

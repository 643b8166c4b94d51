import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, createMock, FixtureError, startMock, type Fixture, type Mock, type Seed } from '../../src/index.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'
import { describeDoors } from './doors.ts'

const seed = { identities: [] }

/** What a call rejects with, in a line. */
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: Error & { readonly status?: number }) => `${error.name} ${error.status}: ${error.message}`,
  )

describeDoors('What a test gives to a mock', (start) => {
  test('in a seed is what JSON makes of it', async () => {
    await using ory = await start({ seed, now: NOW })
    const traits = JSON.parse('{"__proto__":{"a":1}}') as Record<string, unknown>
    Object.assign(traits, { at: new Date(0), zero: -0, half: '\ud800', none: undefined })
    const made = await ory.seed({ identities: [{ traits, created_at: new Date(0) }] } as unknown as Seed)
    expect(JSON.stringify(made.identities[0]!['traits'])).toBe(
      '{"__proto__":{"a":1},"at":"1970-01-01T00:00:00.000Z","zero":0,"half":"\\ud800"}',
    )
    expect(made.identities[0]!['created_at']).toBe('1970-01-01T00:00:00Z')
  })

  test('and JSON cannot hold is refused with its place, and not made null', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const [found, n] of [
      ['NaN', NaN],
      ['-Infinity', -Infinity],
      ['nothing', undefined],
      ['a Map', new Map()],
      ['an invalid Date', new Date(Number.NaN)],
      ['a function', () => {}],
      ['a symbol', Symbol('a')],
      ['a BigInt', 10n],
    ] as const)
      expect(await refusal(ory.seed({ identities: [{ traits: { list: [n] } }] } as unknown as Seed))).toBe(
        `FixtureError 400: /identities/0/traits/list/0: expected what JSON can hold, and not too deep, found ${found}`,
      )
    expect(await refusal(ory.project(10n as unknown as string))).toMatch(/^ControlError 400: 10n is no name/)
    expect(await refusal(ory.project({ name: 10n } as never))).toMatch(/^ControlError 400: 10n is no name/)
  })

  test('is itself where it looks like a mark for what JSON cannot hold', async () => {
    await using ory = await start({ seed, now: NOW })
    const like = { 'not-json': 'number 5', 'not-json-': 'bigint x', inner: { 'not-json': 'deep ' } }
    const made = await ory.seed({ identities: [{ traits: { like } }] })
    expect(made.identities[0]!['traits']).toEqual({ like })
    expect(await refusal(ory.faults.add([{ effect: { body: like } }, undefined] as never))).toContain(
      'not {"not-json":"number 5","not-json-":"bigint x",',
    )
  })

  test('by the name of a rule or a snapshot is looked up as it stands, whatever letters it has', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const id of ['a/b c', '?b#c%', 'ä\u0000', '\ud800']) {
      const shown = id.replace('\ud800', '\ufffd')
      expect(await refusal(ory.faults.remove(id))).toBe(
        `ControlError 404: There is no fault rule ${shown}. None is armed.`,
      )
      expect(await refusal(ory.restore({ id }))).toMatch(
        new RegExp(`^ControlError 404: There is no snapshot ${shown.replace(/[?#]/g, '\\$&')} of the root project`),
      )
    }
    expect(await refusal(ory.faults.remove(undefined as unknown as string))).toMatch(
      /^ControlError 400: A fault rule is removed by its id/,
    )
  })

  test('is refused at its place when a file holds a text, or a list of them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ory-given-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [text, list, empty] = ['text.yaml', 'list.json', 'empty.yaml'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await writeFile(text, 'hello\n')
    await writeFile(list, '["a"]')
    await writeFile(empty, '')
    await using ory = await start({ seed })
    const problems = async (given: unknown): Promise<unknown> => {
      const error: unknown = await ory.seed(given as Seed).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(FixtureError)
      return (error as FixtureError).problems.map(({ file, line, pointer, found }) => [file, line, pointer, found])
    }
    expect(await problems(text)).toEqual([[text, 1, '', '"hello"']])
    expect(await problems(list)).toEqual([[list, 1, '/0', '"a"']])
    expect(await problems(empty)).toEqual([[empty, 1, '', 'null']])
    expect(await problems([text, { identities: [{ trait: {} }] }])).toEqual([
      [text, 1, '', '"hello"'],
      [undefined, undefined, '/1/identities/0/trait', 'unknown property "trait"'],
    ])
    expect(await refusal(ory.project({ seed: text }))).toMatch(/^FixtureError 400: .*text\.yaml:1:1/)
  })

  test('that goes round in a circle, or is a BigInt, is refused', async () => {
    await using ory = await start({ seed })
    const circle: Record<string, unknown> = { identities: [] }
    circle['identities'] = [{ traits: circle }]
    for (const given of [circle, { identities: [{ traits: { n: 1n } }] }]) {
      expect(await refusal(ory.seed(given as unknown as Seed))).toMatch(
        /^(?:Fixture|Control)Error 400: .*JSON can hold/,
      )
      expect(await refusal(ory.project({ seed: given as unknown as Seed }))).toMatch(/Error 400: .*JSON can hold/)
      expect(await refusal(ory.faults.add({ delay: given } as never))).toMatch(/^ControlError 400: .*JSON can hold/)
    }
    expect(await (await ory.fetch('/admin/identities')).json()).toEqual([])
  })

  test('with its fetch alone reaches it, and a project ends though the one that made it is gone', async () => {
    await using ory = await start({ seed: { identities: [person(1)] } })
    const parent = await ory.project('parent')
    const child = await parent.project('child')
    await parent.close()
    const { fetch } = child
    expect(await (await fetch('/admin/identities')).json()).toMatchObject([{ id: uuid(1) }])
    await child.close()
    await child.close()
    expect(await (await ory.fetch('/_mock/projects')).json()).toEqual([])
  })
})

/** A fixture of more than the 5 MiB that a body may have. */
const large = (): Fixture => ({
  identities: Array.from({ length: 12 }, (_, n) => ({
    traits: { email: `p${n}@example.test`, text: 'x'.repeat(5e5) },
  })),
})

describeTransports('A mock of this process', (start) => {
  test('takes fixtures of any size, and says of a function what it is', async () => {
    await using ory = await start({ seed })
    expect((await ory.seed(large())).identities).toHaveLength(12)
    expect((await (await ory.project({ seed: large() })).seed({ identities: [{}] })).identities).toHaveLength(1)
    expect(await refusal(ory.seed((() => 1) as unknown as Seed))).toMatch(/^FixtureError 400: .*found function$/)
    expect(await refusal(ory.seed({ identities: [{ state: () => 1 }] } as unknown as Seed))).toMatch(/found function$/)
    expect(await refusal(ory.seed(undefined as unknown as Seed))).toBe('ControlError 400: There is no fixture.')
  })

  test('does what it is told in the order in which it is told, be it awaited or not', async () => {
    await using ory = await start({ seed, now: NOW })
    const told = [ory.clock.advance('1h'), ory.faults.add({ delay: 1 }), ory.reset(), ory.clock.advance('2h')] as const
    expect((await Promise.all(told))[3]).toEqual(new Date('2026-11-23T03:00:00Z'))
    expect(await ory.faults.list()).toEqual([])
  })
})

describe('A call of /_mock in-process', () => {
  test('ends with its signal', async () => {
    await using ory: Mock = await createMock({ seed })
    const leaving = new AbortController()
    const wait = ory.fetch('/_mock/requests/wait', { method: 'POST', body: '{}', signal: leaving.signal })
    await ory.reset()
    leaving.abort(new Error('enough'))
    await expect(wait).rejects.toThrow('enough')
  })
})

test('what JSON cannot hold is refused by every verb in the same words in this process and over HTTP', async () => {
  await using behind = await startMock({ port: 0, seed, now: NOW })
  await using own = await createMock({ seed, now: NOW })
  const round: Record<string, unknown> = { method: 'GET' }
  round['query'] = round
  const deep: unknown = JSON.parse('{"query":'.repeat(5000) + '1' + '}'.repeat(5000))
  const numbers = [NaN, Infinity, -Infinity, [NaN]]
  const others = [
    undefined,
    [undefined],
    () => {},
    Symbol('a'),
    10n,
    round,
    deep,
    new Map(),
    new Date(NaN),
    /a/,
    new Error('a'),
  ]
  const odd: readonly unknown[] = [...numbers, ...others]
  const verbs: Readonly<Record<string, (ory: Mock, one: never) => Promise<unknown>>> = {
    rule: (ory, one) => ory.faults.add(one),
    delay: (ory, one) => ory.faults.add({ delay: one, effect: { status: 500 } }),
    status: (ory, one) => ory.faults.add({ effect: { status: one } }),
    operation: (ory, one) => ory.faults.add({ match: { operation: ['toSession', one] }, effect: { status: 500 } }),
    sequence: (ory, one) => ory.faults.add({ sequence: ['pass', one] }),
    time: (ory, one) => ory.clock.set(one),
    advance: (ory, one) => ory.clock.advance(one),
    filter: (ory, one) => ory.requests.list({ status: one }),
    filters: (ory, one) => ory.requests.list(one),
    wait: (ory, one) => ory.requests.wait({ method: one }, { timeout: 0 }),
    timeout: (ory, one) => ory.requests.wait({}, { timeout: one }),
    remove: (ory, one) => ory.faults.remove(one),
    restore: (ory, one) => ory.restore(one),
    signIn: (ory, one) => ory.signIn(one),
    state: (ory, one) => ory.signIn(uuid(1), { state: one }),
    seed: (ory, one) => ory.seed(one),
    project: (ory, one) => ory.project({ now: one, seed: {} }),
    profile: (ory, one) => ory.project({ profile: one }),
  }
  const told: string[] = []
  for (const [verb, call] of Object.entries(verbs))
    for (const one of odd) {
      const [here, there] = await Promise.all([own, connect(behind.url)].map((ory) => refusal(call(ory, one as never))))
      expect(there, `${verb} with ${typeof one}`).toBe(here)
      told.push(here!)
    }
  expect(told.filter((text) => text === 'done').length).toBeLessThan(told.length / 4)
})

describeDoors('What a value of a test throws', (start) => {
  test('while it is read is what the call rejects with', async () => {
    await using ory = await start({ seed, now: NOW })
    const own = new RangeError('mine')
    const odd = {
      get status(): never {
        throw own
      },
    }
    const calls = [
      () => ory.faults.add(odd as never),
      () => ory.faults.add({ effect: odd } as never),
      () => ory.requests.list(odd as never),
      () => ory.requests.wait(odd as never, { timeout: 0 }),
      () => ory.seed({ identities: [{ traits: odd }] }),
    ]
    for (const call of calls) await expect(call()).rejects.toBe(own)
  })
})

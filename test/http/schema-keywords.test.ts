import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { withTrait } from '../support.ts'

const mockOf = (trait: unknown): Promise<Mock> =>
  createMock({ profile: 'kratos-26.2', seed: { schemas: { default: withTrait(trait) } } })

/** The reason for which traits are refused, told by their JSON. */
const refusal = async (ory: Mock, value: string): Promise<string | undefined> => {
  const body = `{"traits":{"a":${value}}}`
  const answer = await ory.fetch(`${ory.url}/admin/identities`, { method: 'POST', body })
  return ((await answer.json()) as { error?: { reason: string } }).error?.reason
}

const PLACE = 'I[#/traits/a] S[#/properties/traits/properties/a'

describe('A number is compared as one of 64 binary digits', () => {
  // What Go's big.Float makes of them.
  test.each([
    ['0.1', ['0.3', '0.5', '7'], ['0.35', '0.25']],
    ['0.01', ['0.07', '19.99', '-2'], ['1.10', '0.3', '0.125']],
    ['1e-3', ['0.07', '0.006'], ['9.47', '4', '65', '3.314', '16e-1']],
    ['3', ['0', '-9', '12345678901234567890'], ['10', '1e-1']],
  ])('and divided as one: %s', async (multipleOf, fit, unfit) => {
    await using ory = await mockOf({ type: 'number', multipleOf: Number(multipleOf) })
    for (const value of fit) expect([value, await refusal(ory, value)]).toEqual([value, undefined])
    for (const value of unfit)
      expect(await refusal(ory, value)).toContain(`${PLACE}/multipleOf] ${value} not multipleOf`)
  })

  test('so that those that differ behind that are the same', async () => {
    await using ory = await mockOf({ type: 'number', maximum: 0.1, enum: [0.1] })
    expect(await refusal(ory, '0.1000000000000000000000001')).toBeUndefined()
    expect(await refusal(ory, '0.100000000000000001')).toContain('must be <= 0.1')
  })
})

describe('A text is what contentEncoding and contentMediaType say', () => {
  const JSON_TYPE = 'value is not of mediatype "application/json"'
  test.each([
    [{ contentEncoding: 'base64' }, ['eyJhIjoxfQ==', '', 'eyJh\\nIjoxfQ=='], ['eyJhIjoxfQ', 'é'], 'contentEncoding'],
    [{ contentMediaType: 'application/json' }, ['1', '{} x', '\\"a\\"'], ['', 'x', '{'], 'contentMediaType'],
    [
      { contentEncoding: 'base64', contentMediaType: 'application/json' },
      ['eyJhIjoxfQ=='],
      ['eA=='],
      'contentMediaType',
    ],
    [{ contentEncoding: 'base32', contentMediaType: 'application/json' }, ['x'], [], ''],
    [{ contentMediaType: 'text/html' }, ['<'], [], ''],
  ])('%o', async (keywords, fit, unfit, keyword) => {
    await using ory = await mockOf({ type: 'string', ...keywords })
    for (const text of fit) expect([text, await refusal(ory, `"${text}"`)]).toEqual([text, undefined])
    for (const text of unfit) {
      const why = keyword === 'contentEncoding' ? `"${text}" is not base64 encoded` : JSON_TYPE
      expect(await refusal(ory, `"${text}"`)).toBe(`${PLACE}/${keyword}] ${why}`)
    }
  })

  test('and nobody asks in a schema of draft 6', async () => {
    const schema = { ...withTrait({ contentEncoding: 'base64' }), $schema: 'http://json-schema.org/draft-06/schema#' }
    await using ory = await createMock({ profile: 'kratos-26.2', seed: { schemas: { default: schema } } })
    expect(await refusal(ory, '"é"')).toBeUndefined()
  })
})

describe('What is stored is checked again by the schema alone, where an address may be none', () => {
  const address = { type: 'string', 'ory.sh/kratos': { verification: { via: 'email' } } }
  const trait = { oneOf: [{}, address] }
  const TWICE = `${PLACE}/oneOf] valid against schemas at indexes 0 and 1`

  test.each(['kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const)('in %s', async (profile) => {
    await using ory = await createMock({ profile, seed: { schemas: { default: withTrait(trait) } } })
    expect(await refusal(ory, '"x"')).toBe(TWICE)
    expect(await refusal(ory, '"x@example.com"')).toBe(TWICE)
    expect(await refusal(ory, '1')).toBeUndefined()
  })

  test('also where a not is around it, and in an update', async () => {
    await using ory = await mockOf({ not: address })
    expect(await refusal(ory, '"x"')).toBe(`${PLACE}/not] not failed`)
    expect(await refusal(ory, '1')).toBeUndefined()
    const [identity] = (await (await ory.fetch(`${ory.url}/admin/identities`)).json()) as { id: string }[]
    const headers = { 'content-type': 'application/json' }
    const body = '{"state":"active","traits":{"a":"x"}}'
    const url = `${ory.url}/admin/identities/${identity!.id}`
    expect((await ory.fetch(url, { method: 'PUT', headers, body })).status).toBe(400)
  })

  test('and then no identity of a batch is made', async () => {
    await using ory = await mockOf(trait)
    const made = (a: unknown): object => ({ create: { traits: { a } } })
    const send = (identities: object[]): Promise<Response> =>
      ory.fetch(`${ory.url}/admin/identities`, { method: 'PATCH', body: JSON.stringify({ identities }) })
    const answer = await send([made(1), made('x')])
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { reason: TWICE } })
    expect(await (await ory.fetch(`${ory.url}/admin/identities`)).json()).toEqual([])
    expect((await send([made(1), made(2)])).status).toBe(200)
  })
})

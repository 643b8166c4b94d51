import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeTransports, EMAIL, NOW, person, sessionOf, uuid } from '../support.ts'

/** What an answer holds: tests look into it without a type. */
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

const send = async (
  ory: Mock,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: Json }> => {
  const response = await ory.fetch(ory.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
}

const seed = {
  schemas: { default: EMAIL },
  identities: [person(1, { traits: { email: 'ada@example.com' } }), person(2, { traits: { email: 'b@example.com' } })],
  sessions: [sessionOf(1, 0), sessionOf(1, 1), sessionOf(2, 0)],
}
const one = `/admin/identities/${uuid(1)}`

describeTransports('identities and their sessions hold together', (start) => {
  test('what is created is listed, found by its identifier, and gone when it is deleted', async () => {
    await using ory = await start({ now: NOW, seed })
    const created = await send(ory, 'POST', '/admin/identities', {
      traits: { email: ' New@Example.com'.trim() },
      external_id: 'crm-7',
    })
    expect(created.status).toBe(201)
    const { id } = created.json
    const ids = async (query = '') =>
      (await send(ory, 'GET', `/admin/identities${query}`)).json.map((found: Json) => found.id)
    expect(await ids()).toContain(id)
    expect(await ids('?credentials_identifier=NEW@example.com')).toEqual([id])
    expect(await ids('?preview_credentials_identifier_similar=new@')).toEqual([id])
    expect((await send(ory, 'GET', '/admin/identities/by/external/crm-7')).json.id).toBe(id)
    expect((await send(ory, 'DELETE', `/admin/identities/${id}`)).status).toBe(204)
    expect(await ids()).not.toContain(id)
    expect(await ids('?credentials_identifier=new@example.com')).toEqual([])
    expect((await send(ory, 'GET', '/admin/identities/by/external/crm-7')).status).toBe(404)
  })

  test('an identity takes its sessions along', async () => {
    await using ory = await start({ now: NOW, seed })
    expect((await send(ory, 'GET', '/admin/sessions')).json).toHaveLength(3)
    expect((await send(ory, 'DELETE', one)).status).toBe(204)
    expect((await send(ory, 'GET', '/admin/sessions')).json).toHaveLength(1)
    expect((await send(ory, 'GET', `/admin/sessions/${uuid(10_000)}`)).status).toBe(404)
    expect((await send(ory, 'GET', `${one}/sessions`)).status).toBe(404)
  })

  test('a page that was served before follows each write at once', async () => {
    await using ory = await start({ now: NOW, seed })
    const page = async () => (await send(ory, 'GET', `${one}/sessions?active=true`)).json
    const shown = async () => (await page()).map((session: Json) => session.identity.traits.email)
    expect(await shown()).toEqual(['ada@example.com', 'ada@example.com'])
    await send(ory, 'PATCH', one, [{ op: 'replace', path: '/traits/email', value: 'lovelace@example.com' }])
    expect(await shown()).toEqual(['lovelace@example.com', 'lovelace@example.com'])
    await send(ory, 'PUT', one, { schema_id: 'default', traits: { email: 'c@example.com' }, state: 'inactive' })
    expect(await page()).toEqual([])
    const all = (await send(ory, 'GET', `${one}/sessions`)).json
    expect(all.map(({ active, identity }: Json) => [active, identity.state])).toEqual([
      [false, 'inactive'],
      [false, 'inactive'],
    ])
    expect((await send(ory, 'GET', '/sessions/whoami')).status).toBe(401)
    await send(ory, 'PATCH', one, [{ op: 'replace', path: '/state', value: 'active' }])
    expect(await page()).toHaveLength(2)
  })

  test('what another identity has is a conflict, however it is spelled, until that one lets go of it', async () => {
    await using ory = await start({ now: NOW, seed })
    const before = (await send(ory, 'GET', '/admin/identities')).json
    const taken = { traits: { email: 'ADA@example.com' } }
    const refused = await send(ory, 'POST', '/admin/identities', taken)
    expect(refused).toMatchObject({
      status: 409,
      json: { error: { reason: 'This identity conflicts with another identity that already exists.' } },
    })
    expect((await send(ory, 'PUT', `/admin/identities/${uuid(2)}`, taken)).status).toBe(409)
    const op = { op: 'replace', path: '/traits/email', value: 'Ada@Example.com' }
    expect((await send(ory, 'PATCH', `/admin/identities/${uuid(2)}`, [op])).status).toBe(409)
    expect((await send(ory, 'GET', '/admin/identities')).json).toEqual(before)
    await send(ory, 'PUT', one, { traits: { email: 'other@example.com' } })
    expect((await send(ory, 'POST', '/admin/identities', taken)).status).toBe(201)
    const external = { traits: { email: 'x@example.com' }, external_id: 'crm-1' }
    expect((await send(ory, 'POST', '/admin/identities', external)).status).toBe(201)
    external.traits.email = 'y@example.com'
    expect((await send(ory, 'POST', '/admin/identities', external)).status).toBe(409)
  })

  test('a batch of which only one is left to insert is made whole or not at all', async () => {
    const external = { traits: { email: 'x@example.com' }, external_id: 'crm-1' }
    const taken = { create: { traits: { email: 'ada@example.com' } } }
    const free = { create: { traits: { email: 'n@example.com' } } }
    for (const database of ['sqlite', 'postgres'] as const) {
      await using ory = await start({ now: NOW, seed, profile: 'kratos-26.2', database })
      const batch = async (...more: readonly object[]): Promise<number> =>
        (await send(ory, 'PATCH', '/admin/identities', { identities: [{ create: external }, ...more] })).status
      expect((await send(ory, 'POST', '/admin/identities', external)).status).toBe(201)
      expect(await batch(taken)).toBe(409)
      expect(await batch(taken, free)).toBe(200)
    }
  })

  test('an address that is taken is a conflict before what is wrong with a credential is told', async () => {
    const providers = [{ provider: 'github', subject: 'a\0b' }]
    const credentials = { oidc: { config: { providers } } }
    await using ory = await start({ now: NOW, seed, profile: 'kratos-26.2', database: 'postgres' })
    const create = async (email: string): Promise<number> =>
      (await send(ory, 'POST', '/admin/identities', { traits: { email }, credentials })).status
    expect(await create('n@example.com')).toBe(500)
    expect(await create('ada@example.com')).toBe(409)
  })

  test('a batch makes what is free and leaves no trace of the rest', async () => {
    await using ory = await start({ now: NOW, seed })
    const create = (email: unknown) => ({ create: { traits: { email } } })
    const { status, json } = await send(ory, 'PATCH', '/admin/identities', {
      identities: [create('n@example.com'), create('ada@example.com'), create(7), create('N@example.com'), {}],
    })
    expect(status).toBe(200)
    expect(json.identities.map(({ action, error }: Json) => [action, error?.code])).toEqual([
      ['create', undefined],
      ['error', 409],
      ['error', 400],
      ['error', 409],
      [undefined, undefined],
    ])
    const emails = (await send(ory, 'GET', '/admin/identities')).json.map(({ traits }: Json) => traits.email)
    expect(emails.sort()).toEqual(['ada@example.com', 'b@example.com', 'n@example.com'])
  })
})

test('an update that changes nothing of a credential leaves it as it was, and answers new identifiers in their order', async () => {
  const config = { hashed_password: '<&>' }
  const credentials = { password: { config, created_at: NOW, updated_at: NOW } }
  const identities = [person(1, { traits: { email: 'ada@example.com' }, credentials })]
  await using ory = await createMock({ now: NOW, seed: { ...seed, identities, sessions: [] } })
  await ory.clock.advance('1h')
  await send(ory, 'PATCH', one, [{ op: 'add', path: '/metadata_public', value: { a: 1 } }])
  const { json } = await send(ory, 'GET', `${one}?include_credential=password`)
  expect(json.credentials.password).toMatchObject({ config, updated_at: NOW })
  const providers = [
    { provider: 'google', subject: 'b' },
    { provider: 'github', subject: 'a' },
  ]
  const body = { traits: { email: 'ada@example.com' }, credentials: { oidc: { config: { providers } } } }
  expect((await send(ory, 'PUT', one, body)).json.credentials.oidc.identifiers).toEqual(['google:b', 'github:a'])
  expect((await send(ory, 'GET', one)).json.credentials.oidc.identifiers).toEqual(['github:a', 'google:b'])
})

const NAMES = ['a', 'b', 'c', 'd']
const nameOf = fc.constantFrom(...NAMES)

/** What a client may do: create, rename, or delete who has a name. */
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), name: nameOf }),
  fc.record({ do: fc.constant('put' as const), name: nameOf, to: nameOf }),
  fc.record({ do: fc.constant('patch' as const), name: nameOf, to: nameOf }),
  fc.record({ do: fc.constant('delete' as const), name: nameOf }),
)

test('whatever is written, in any order, names stay those of one identity each', async () => {
  await using ory = await createMock({ now: NOW, seed: { schemas: { default: EMAIL }, identities: [] } })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await ory.reset()
      const held = new Map<string, string>()
      const email = (name: string) => `${name}@example.com`
      for (const act of steps) {
        const id = held.get(act.name)
        if (act.do === 'create') {
          const { status, json } = await send(ory, 'POST', '/admin/identities', { traits: { email: email(act.name) } })
          expect(status).toBe(id === undefined ? 201 : 409)
          if (status === 201) held.set(act.name, json.id)
        } else if (id === undefined) continue
        else if (act.do === 'delete') {
          expect((await send(ory, 'DELETE', `/admin/identities/${id}`)).status).toBe(204)
          held.delete(act.name)
        } else {
          const { status } =
            act.do === 'put'
              ? await send(ory, 'PUT', `/admin/identities/${id}`, { traits: { email: email(act.to) } })
              : await send(ory, 'PATCH', `/admin/identities/${id}`, [
                  { op: 'replace', path: '/traits/email', value: email(act.to) },
                ])
          const isFree = (held.get(act.to) ?? id) === id
          expect(status).toBe(isFree ? 200 : 409)
          if (isFree) {
            held.delete(act.name)
            held.set(act.to, id)
          }
        }
      }
      const listed = (await send(ory, 'GET', '/admin/identities?include_credential=password')).json
      expect(new Map(listed.map(({ id, traits }: Json) => [traits.email, id]))).toEqual(
        new Map([...held].map(([name, id]) => [email(name), id])),
      )
      expect(listed).toHaveLength(held.size)
      for (const { traits, credentials, verifiable_addresses, recovery_addresses } of listed) {
        expect(credentials.password.identifiers).toEqual([traits.email])
        expect([...verifiable_addresses, ...recovery_addresses].map(({ value }: Json) => value)).toEqual([
          traits.email,
          traits.email,
        ])
      }
    }),
    { numRuns: 60 },
  )
})

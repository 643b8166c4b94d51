import { createLocalJWKSet, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'

const base64 = (value: unknown): string => `base64://${btoa(JSON.stringify(value))}`

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const secret = { ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'first' }
const verifier = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'first' }] })
const jwks_url = base64({ keys: [secret] })

const configOf = (templates: object) => ({ session: { whoami: { tokenizer: { templates } } } })
const seed = { identities: [person(1, { external_id: 'ada' }), person(2)] }

const whoami = async (ory: Mock, token: string, template: string) => {
  const response = await ory.fetch(`${ory.publicUrl}/sessions/whoami?tokenize_as=${template}`, {
    headers: { 'x-session-token': token },
  })
  const body = (await response.json()) as { tokenized?: string; error?: { reason: string } }
  return { status: response.status, ...body }
}

describeTransports('tokenize_as', (start) => {
  test('signs the session by the key of its template, on the clock of the mock', async () => {
    const config = configOf({ mine: { jwks_url, ttl: '10m' }, outer: { jwks_url, subject_source: 'external_id' } })
    await using ory = await start({ seed, config, now: NOW })
    const { token, session } = await ory.signIn(uuid(1))
    const { status, tokenized, ...shown } = await whoami(ory, token, 'mine')
    expect([status, shown]).toMatchObject([200, { id: session.id, active: true }])
    expect(decodeProtectedHeader(tokenized!)).toEqual({ alg: 'ES256', kid: 'first', typ: 'JWT' })
    const { payload } = await jwtVerify(tokenized!, verifier, { currentDate: new Date(NOW) })
    const iat = Date.parse(NOW) / 1000
    expect(payload).toEqual({
      iat,
      nbf: iat,
      exp: iat + 600,
      iss: `${ory.publicUrl}/`,
      jti: expect.any(String),
      sid: session.id,
      sub: uuid(1),
    })
    const outer = await jwtVerify((await whoami(ory, token, 'outer')).tokenized!, verifier, {
      currentDate: new Date(NOW),
    })
    expect(outer.payload).toMatchObject({ sub: 'ada', exp: iat + 60 })
  })
})

test.each([
  ['other', {}, 400, 'Unable to find tokenizer template "other".'],
  ['toString', {}, 400, 'Unable to find tokenizer template "toString".'],
  ['a', { a: { jwks_url: base64({ keys: [] }) } }, 400, 'Could not find key a suitable key'],
  ['a', { a: { jwks_url: 'base64://e30' } }, 400, 'Could not find key a suitable key'],
  ['a', { a: { jwks_url: base64({ keys: [{ ...secret, alg: undefined }] }) } }, 400, 'but "" was given.'],
  ['a', { a: { jwks_url: base64({ keys: [{ kty: 'oct', alg: 'HS256' }] }) } }, 400, 'Unable to sign JSON Web Token.'],
  ['a', { a: { jwks_url, subject_source: 'external_id' } }, 400, 'does not have an external ID set'],
  [
    'a',
    { a: { jwks_url: 'https://example.test/keys' } },
    501,
    'does not fetch the keys "https://example.test/keys" of the',
  ],
  [
    'a',
    { a: { jwks_url, claims_mapper_url: 'base64://e30' } },
    501,
    'does not run the Jsonnet of the tokenizer template a',
  ],
])('what cannot be signed says so: %s of %j', async (template, templates, status, reason) => {
  await using ory = await createMock({ seed, config: configOf(templates), now: NOW })
  const { token } = await ory.signIn(uuid(2))
  expect(await whoami(ory, token, template)).toMatchObject({
    status,
    error: { reason: expect.stringContaining(reason) as string },
  })
})

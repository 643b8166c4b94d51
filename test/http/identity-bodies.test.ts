import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { describeTransports, EMAIL, NOW, person, uuid } from '../support.ts'

const seed = {
  schemas: { default: EMAIL },
  identities: [person(1, { traits: { email: 'ada@example.com' } }), person(2, { traits: { email: 'b@example.com' } })],
}

const one = `/admin/identities/${uuid(1)}`

/** Every operation that reads a body. */
const writes = {
  createIdentity: ['POST', '/admin/identities'],
  updateIdentity: ['PUT', one],
  patchIdentity: ['PATCH', one],
  batchPatchIdentities: ['PATCH', '/admin/identities'],
  createRecoveryCodeForIdentity: ['POST', '/admin/recovery/code'],
  createRecoveryLinkForIdentity: ['POST', '/admin/recovery/link'],
} as const

type Write = keyof typeof writes

interface Answered {
  readonly status: number
  readonly text: string
}

const send = async (ory: Mock, write: Write, body: string | Uint8Array): Promise<Answered> => {
  const [method, path] = writes[write]
  const headers = { 'content-type': 'application/json' }
  const response = await ory.fetch(ory.url + path, { method, headers, body: body as BodyInit })
  return { status: response.status, text: await response.text() }
}

const everything = async (ory: Mock): Promise<string> =>
  (await ory.fetch(`${ory.url}/admin/identities?include_credential=password&include_credential=oidc`)).text()

const bytes = (...all: (string | number)[]): Uint8Array =>
  Uint8Array.from(all.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])))

const MEBIBYTE = 1024 * 1024

/** Bodies that no operation can take. */
const broken: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ['no JSON', '{"traits":'],
  ['something else', '<identity/>'],
  ['a byte order mark', bytes(0xef, 0xbb, 0xbf, '{}')],
  ['a number', '7'],
  ['a text', '"identity"'],
  ['nesting past 10,000 levels', `${'['.repeat(10_001)}${']'.repeat(10_001)}`],
  ['nesting past a million levels', '{"traits":'.repeat(1_000_000)],
  ['more than 5 MiB', JSON.stringify({ traits: { email: 'a'.repeat(5 * MEBIBYTE) } })],
  ['an unfinished escape', '{"traits":{"email":"\\u12"}}'],
  ['a bare control character', '{"traits":"\n"}'],
]

const refusesInDocumented = (write: Write, { status, text }: Answered): void => {
  expect([write, status]).toEqual([write, 400])
  const { error } = JSON.parse(text) as { readonly error: { readonly code: number; readonly reason?: string } }
  expect(error.code).toBe(400)
  expect(error.reason).toMatch(/./)
}

const start = (options: MockOptions = {}): Promise<Mock> => createMock({ now: NOW, seed, ...options })

describeTransports('a body that no operation can take', (startOver) => {
  test.each(broken)('is refused in documented, and nothing is written: %s', async (_what, body) => {
    await using ory = await startOver({ now: NOW, seed })
    const before = await everything(ory)
    for (const write of Object.keys(writes) as Write[]) refusesInDocumented(write, await send(ory, write, body))
    expect(await everything(ory)).toBe(before)
  })
})

describe('Kratos says of a body that it cannot read', () => {
  test.each([
    ['createIdentity', '{', 400, { message: 'unexpected EOF' }],
    ['createIdentity', '', 400, { message: 'EOF' }],
    ['createIdentity', broken[5]![1], 400, { message: "invalid character '[' exceeded max depth" }],
    ['createIdentity', broken[2]![1], 400, { message: "invalid character 'ï' looking for beginning of value" }],
    ['createIdentity', broken[7]![1], 400, { message: 'http: request body too large' }],
    ['createIdentity', '{"schema_url":"x"}', 400, { message: 'json: unknown field "schema_url"' }],
    ['updateIdentity', broken[7]![1], 400, { reason: 'Unable to read HTTP POST body: http: request body too large' }],
    ['patchIdentity', broken[7]![1], 500, { message: 'http: request body too large' }],
  ] as const)('%s %#', async (write, body, status, error) => {
    for (const profile of ['kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const) {
      await using ory = await start({ profile })
      const answered = await send(ory, write, body)
      expect(answered.status).toBe(status)
      expect(JSON.parse(answered.text)).toMatchObject({ error })
    }
  })
})

describe('what JSON can hold is kept as it was sent', () => {
  test.each([
    ['numbers past 2^53 and their spelling', '{"n":12345678901234567890,"f":1.0,"e":1e3,"z":-0}'],
    ['duplicate keys', '{"a":1,"a":2}'],
    ['keys of Object.prototype', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['lone surrogates', String.raw`{"s":"\ud800","t":"\udc00\ud800"}`],
    ['nine thousand levels', `${'['.repeat(9000)}${']'.repeat(9000)}`],
  ])('%s', async (_what, metadata) => {
    await using ory = await start()
    const body = `{"traits":{"email":"n@example.com"},"metadata_public":${metadata}}`
    const created = await send(ory, 'createIdentity', body)
    expect(created.status).toBe(201)
    expect(created.text).toContain(`"metadata_public":${metadata}`)
    expect((await send(ory, 'updateIdentity', body.replace('n@', 'ada@'))).status).toBe(200)
    expect(await everything(ory)).toContain(`"metadata_public":${metadata}`)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('text that is no UTF-8 becomes the replacement character, as in Go', async () => {
    await using ory = await start()
    const body = bytes('{"traits":{"email":"n@example.com"},"metadata_public":{"s":"', 0xff, 'x"}}')
    const created = await send(ory, 'createIdentity', body)
    expect(created.status).toBe(201)
    expect(created.text).toContain('"metadata_public":{"s":"\ufffdx"}')
    expect(await everything(ory)).toContain('"metadata_public":{"s":"\ufffdx"}')
  })

  test.each([
    ['a lone surrogate', String.raw`a\ud800b`, 'a\ufffdb'],
    ['the second half of a pair', String.raw`a\udc00b`, 'a\ufffdb'],
    ['two first halves', String.raw`\uD83D\uD83D`, '\ufffd\ufffd'],
    ['halves in the wrong order', String.raw`\ude00\ud83d`, '\ufffd\ufffd'],
    ['a half before a whole pair', String.raw`\ud83d\ud83d\ude00`, '\ufffd\u{1f600}'],
    ['a whole pair', String.raw`\ud83d\ude00`, '\u{1f600}'],
    ['an escaped backslash before what looks like one', String.raw`\\ud800`, String.raw`\ud800`],
  ])('%s in a string that is decoded is what it is in Go', async (_what, spelled, decoded) => {
    await using ory = await start()
    const created = await send(ory, 'createIdentity', `{"traits":{"email":"n@example.com"},"external_id":"${spelled}"}`)
    expect(created.status).toBe(201)
    expect(JSON.parse(created.text).external_id).toBe(decoded)
    const refused = await send(ory, 'createIdentity', `{"schema_id":"${spelled}","traits":{}}`)
    expect(JSON.parse(refused.text).error.reason).toBe(`Unable to find JSON Schema ID: ${decoded}`)
    const found = await ory.fetch(`${ory.url}/admin/identities/by/external/${encodeURIComponent(decoded)}`)
    expect((await found.json()).external_id).toBe(decoded)
  })
})

const KEYS =
  'traits email credentials password config oidc providers state schema_id identities create patch_id metadata_public ' +
  'verifiable_addresses value via op path from id identity_id expires_in __proto__ constructor external_id hashed_password'
const key = fc.constantFrom(...KEYS.split(' '))
const leaf = fc.oneof(
  fc.constantFrom<unknown>('active', 'ada@example.com', 'b@example.com', uuid(1), 'add', 'remove', 'replace', null),
  fc.constantFrom<unknown>('/traits/email', '/traits', '/state', '/credentials/password', '/metadata_public/a/-', ''),
  fc.jsonValue({ maxDepth: 1 }),
)
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.dictionary(key, tie('document'), { maxKeys: 4, noNullPrototype: false }),
    fc.array(tie('document'), { maxLength: 3 }),
  ),
}))

const bodyOf = fc.oneof(
  document.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: 'binary' }),
)
const writeOf = fc.constantFrom(...(Object.keys(writes) as Write[]))

describe('whatever a body is', () => {
  test('documented never fails by itself, and what it refuses leaves no trace', async () => {
    await using ory = await start()
    await fc.assert(
      fc.asyncProperty(writeOf, bodyOf, async (write, body) => {
        const before = await everything(ory)
        const { status, text } = await send(ory, write, body)
        const after = await everything(ory)
        expect(status).toBeLessThan(500)
        if (status >= 400) {
          expect(JSON.parse(text)).toMatchObject({ error: { code: status } })
          expect(after).toBe(before)
        }
        expect(JSON.parse(after)).toBeInstanceOf(Array)
        if (after !== before) await ory.reset()
      }),
      { numRuns: 600 },
    )
  })

  test.each(['kratos-26.2', 'kratos-1.3'] as const)(
    '%s answers, or drops the connection as it does',
    async (profile) => {
      await using ory = await start({ profile })
      await fc.assert(
        fc.asyncProperty(writeOf, bodyOf, async (write, body) => {
          const before = await everything(ory)
          const status = await send(ory, write, body).then(
            (answered) => answered.status,
            (error: unknown) => (error instanceof TypeError ? 0 : Promise.reject(error)),
          )
          const after = await everything(ory)
          if (status >= 400 || status === 0) expect(after).toBe(before)
          expect(JSON.parse(after)).toBeInstanceOf(Array)
          if (after !== before) await ory.reset()
        }),
        { numRuns: 300 },
      )
    },
  )
})

test.each([
  ['kratos-next', 'string'],
  ['kratos-26.2', 'string'],
  ['kratos-25.4', 'identity.RecoveryAddressType'],
  ['kratos-1.3', 'identity.RecoveryAddressType'],
] as const)('%s calls the channel of a recovery address a %s', async (profile, type) => {
  await using ory = await start({ profile })
  const recovery_addresses = [{ value: 'a@example.com', via: 1 }]
  const created = await send(ory, 'createIdentity', JSON.stringify({ traits: {}, recovery_addresses }))
  expect(created.text).toContain(`recovery_addresses.via of type ${type}"`)
  const operation = { op: 'replace', path: '/recovery_addresses', value: recovery_addresses }
  expect((await send(ory, 'patchIdentity', JSON.stringify([operation]))).text).toContain(
    `recovery_addresses.via of type ${type}"`,
  )
})

test('kratos-next answers what ends the connection before, a panic', async () => {
  await using ory = await start({ profile: 'kratos-next' })
  const response = await ory.fetch(`${ory.url}/admin/identities`, { method: 'PATCH', body: '{"identities":[null]}' })
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    500,
    'text/plain; charset=utf-8',
    'PANIC: runtime error: invalid memory address or nil pointer dereference\n',
  ])
})

import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { checkHash } from '../../src/flows/passwords/check-hash.ts'
import { NOW, person } from '../support.ts'
import { native } from './client.ts'

const PASSWORD = 'pässword with spaces'
const SALT = Buffer.from('some salt of ours')
const b64 = (bytes: Buffer | string): string => Buffer.from(bytes as string).toString('base64')
const bare = (bytes: Buffer): string => b64(bytes).replace(/=+$/, '')
const digest = (name: string, ...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash(name)
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const ssha = (size: '' | '256' | '512'): string =>
  `{SSHA${size}}${b64(Buffer.concat([digest(`sha${size || '1'}`, PASSWORD, SALT), SALT]))}`

/** What Node's own OpenSSL makes of the password, in the formats that Kratos imports. */
const OWN: readonly string[] = [
  ...['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(
    (name) => `$pbkdf2-${name}$i=100,l=32$${bare(SALT)}$${bare(pbkdf2Sync(PASSWORD, SALT, 100, 32, name))}`,
  ),
  `$scrypt$ln=1024,r=8,p=1$${b64(SALT)}$${b64(scryptSync(PASSWORD, SALT, 32, { N: 1024, r: 8, p: 1 }))}`,
  ssha(''),
  ssha('256'),
  ssha('512'),
  ...['sha1', 'sha256', 'sha512', 'md5'].map(
    (name) => `$${name}$pf=${b64('{SALT}$${PASSWORD}')}$${b64(SALT)}$${b64(digest(name, SALT, '$$', PASSWORD))}`,
  ),
  `$md5$${b64(digest('md5', PASSWORD))}`,
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(
    (name) => `$hmac-${name}$${b64(createHmac(name, 'a key').update(PASSWORD).digest('hex'))}$${b64('a key')}`,
  ),
]

/** What the authors of the algorithms publish. */
const PUBLISHED: readonly (readonly [hash: string, password: string])[] = [
  ['$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
  ['$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
  ['$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 'password'],
  ['$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA', 'password'],
  [
    '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    'user1password',
  ],
]

describe('a password', () => {
  test.each([...OWN.map((hash) => [hash, PASSWORD] as const), ...PUBLISHED])(
    'is checked by %s',
    async (hash, password) => {
      expect(await checkHash(password, hash)).toBe(true)
      expect(await checkHash(`${password}x`, hash)).toBe(false)
      expect(await checkHash('', hash)).toBe(false)
    },
  )

  test.each([
    '$2a$05$',
    '$2a$05$short',
    '$argon2id$v=19$m=0,t=0,p=0$$',
    '$argon2id$',
    '$pbkdf2-sha256$i=x$!$!',
    '$pbkdf2-sha256',
    '$scrypt$ln=3,r=8,p=1$AAAA$AAAA',
    '$firescrypt$',
    '{SSHA}',
    '$sha1$$$',
    '$md5$',
    '$hmac-sha256$',
  ])('never fits the broken hash %s', async (hash) => {
    expect(await checkHash(PASSWORD, hash)).toBe(false)
  })
})

const hashed = (config: object) => ({ identities: [person(1, { credentials: { password: { config } } })] })
const byPassword = { method: 'password', identifier: 'p1@example.test', password: 'a password of mine' }

test('one that Kratos imports by another format is refused by name', async () => {
  await using ory = await createMock({ seed: hashed({ hashed_password: '$6$salt$abcdef' }), now: NOW })
  const { status, body } = await native(ory).run('login', byPassword)
  expect([status, body.error.reason]).toEqual([501, expect.stringContaining('hashed by 6.')])
})

test('one in the clear is checked as it is, be it of a fixture or of an import', async () => {
  await using ory = await createMock({ seed: hashed({ password: byPassword.password }), now: NOW })
  const app = native(ory)
  expect((await app.run('login', byPassword)).status).toBe(200)
  await ory.fetch('/admin/identities', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      schema_id: 'default',
      traits: { email: 'bo@example.test' },
      credentials: { password: { config: { password: 'a password of Bo' } } },
    }),
  })
  const bo = { ...byPassword, identifier: 'bo@example.test' }
  expect((await app.run('login', { ...bo, password: 'a password of Bo' })).status).toBe(200)
  expect((await app.run('login', bo)).status).toBe(400)
})

test('one by a hash signs in', async () => {
  const [hashed_password] = PUBLISHED[2]!
  await using ory = await createMock({ seed: hashed({ hashed_password }), now: NOW })
  expect((await native(ory).run('login', { ...byPassword, password: 'password' })).status).toBe(200)
})

import type * as HashWasm from 'hash-wasm'
import { byteText, rawBytes } from '../../go/bytes.ts'
import { MOST_BYTES } from '../../api/identities/password-hash.ts'
import { KratosError } from '../../model/errors.ts'

/** Loaded when the first hash is checked: a start without a login pays nothing for it. */
const load = (): Promise<typeof HashWasm> => import('hash-wasm')

const encoder = new TextEncoder()

const bytesOf = (base64: string): Uint8Array => rawBytes(atob(base64))
const base64Of = (bytes: Uint8Array): string => btoa(byteText(bytes))
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
/** base64 with padding or without. */
const same = (hash: string, bytes: Uint8Array): boolean =>
  hash.replace(/=+$/, '') === base64Of(bytes).replace(/=+$/, '')

const numbers = (text: string, ...names: readonly string[]): number[] => {
  const values = new Map(text.split(',').map((pair) => pair.split('=') as [string, string]))
  return names.map((name) => Number(values.get(name)))
}

const DIGESTS = ['MD4', 'MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const

const hasherOf = (wasm: typeof HashWasm, name: string): Promise<HashWasm.IHasher> => {
  const known = DIGESTS.find((one) => one.toLowerCase() === name)
  if (known === undefined) throw unchecked(name)
  return wasm[`create${known}`]()
}

const digest = async (wasm: typeof HashWasm, name: string, data: Uint8Array): Promise<Uint8Array> =>
  (await hasherOf(wasm, name)).init().update(data).digest('binary')

const unchecked = (name: string): KratosError =>
  new KratosError(501, {
    reason: `ory-identities-mock cannot check passwords that are hashed by ${name}. Give the identity a password in the clear, or another hash.`,
  })

/** A text with salt and password in the places that a format names, such as `{SALT}{PASSWORD}`. */
const filled = (format: string, salt: Uint8Array, password: string): Uint8Array => {
  const parts = atob(format.replace(/^pf=/, '')).split(/(\{SALT\}|\{PASSWORD\})/)
  const given = new Map([
    ['{SALT}', salt],
    ['{PASSWORD}', encoder.encode(password)],
  ])
  return joined(...parts.map((part) => given.get(part) ?? rawBytes(part)))
}

type Check = (password: string, hash: string, wasm: typeof HashWasm) => Promise<boolean>

const bcrypt: Check = (password, hash, wasm) =>
  encoder.encode(password).length > MOST_BYTES || password === ''
    ? Promise.resolve(false)
    : wasm.bcryptVerify({ password, hash: hash.replace(/^\$2[abyzx]?\$/, '$2a$') })

const argon2 =
  (kind: 'argon2id' | 'argon2i'): Check =>
  async (password, hash, wasm) => {
    const [, , , parameters = '', salt = '', wanted = ''] = hash.split('$')
    const [memorySize = 0, iterations = 0, parallelism = 0] = numbers(parameters, 'm', 't', 'p')
    const options = { password, salt: bytesOf(salt), memorySize, iterations, parallelism }
    const made = await wasm[kind]({ ...options, hashLength: bytesOf(wanted).length, outputType: 'binary' })
    return same(wanted, made)
  }

const pbkdf2: Check = async (password, hash, wasm) => {
  const [, name = '', parameters = '', salt = '', wanted = ''] = hash.split('$')
  const [iterations = 0] = numbers(parameters, 'i')
  const hashFunction = hasherOf(wasm, name.slice('pbkdf2-'.length))
  const options = { password, salt: bytesOf(salt), iterations, hashLength: bytesOf(wanted).length, hashFunction }
  return same(wanted, await wasm.pbkdf2({ ...options, outputType: 'binary' }))
}

const scrypt: Check = async (password, hash, wasm) => {
  const [, , parameters = '', salt = '', wanted = ''] = hash.split('$')
  const [costFactor = 0, blockSize = 0, parallelism = 0] = numbers(parameters, 'ln', 'r', 'p')
  const options = { password, salt: bytesOf(salt), costFactor, blockSize, parallelism }
  return same(wanted, await wasm.scrypt({ ...options, hashLength: bytesOf(wanted).length, outputType: 'binary' }))
}

const firescrypt: Check = async (password, hash, wasm) => {
  const [, , parameters = '', salt = '', wanted = '', separator = '', signer = ''] = hash.split('$')
  const [memory = 0, blockSize = 0, parallelism = 0] = numbers(parameters, 'ln', 'r', 'p')
  const options = { password, salt: joined(bytesOf(salt), bytesOf(separator)), costFactor: 2 ** memory, blockSize }
  const raw = await wasm.scrypt({ ...options, parallelism, hashLength: 32, outputType: 'binary' })
  const key = await crypto.subtle.importKey('raw', raw.slice(), 'AES-CTR', false, ['encrypt'])
  const counter = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 }
  return same(wanted, new Uint8Array(await crypto.subtle.encrypt(counter, key, bytesOf(signer).slice())))
}

const ssha: Check = async (password, hash, wasm) => {
  const [, size = '', encoded = ''] = /^\{SSHA(256|512)?\}(.*)$/.exec(hash) ?? []
  const bytes = bytesOf(encoded)
  const length = size === '512' ? 64 : size === '256' ? 32 : 20
  const salted = joined(encoder.encode(password), bytes.slice(length))
  return same(base64Of(bytes.slice(0, length)), await digest(wasm, `sha${size || '1'}`, salted))
}

const formatted: Check = async (password, hash, wasm) => {
  const [, name = '', format = '', salt = '', wanted = ''] = hash.split('$')
  return same(wanted, await digest(wasm, name, filled(format, bytesOf(salt), password)))
}

const md5: Check = async (password, hash, wasm) =>
  hash.split('$').length > 3
    ? formatted(password, hash, wasm)
    : same(hash.split('$')[2] ?? '', await digest(wasm, 'md5', encoder.encode(password)))

const hmac: Check = async (password, hash, wasm) => {
  const [, name = '', wanted = '', key = ''] = hash.split('$')
  const hasher = await wasm.createHMAC(hasherOf(wasm, name.slice('hmac-'.length)), bytesOf(key))
  return same(wanted, encoder.encode(hasher.init().update(password).digest('hex')))
}

/** Kratos' formats (hash/hash_comparator.go). */
const CHECKS: readonly (readonly [format: RegExp, check: Check])[] = [
  [/^\$2[abzy]?\$/, bcrypt],
  [/^\$argon2id\$/, argon2('argon2id')],
  [/^\$argon2i\$/, argon2('argon2i')],
  [/^\$pbkdf2-/, pbkdf2],
  [/^\$scrypt\$/, scrypt],
  [/^\$firescrypt\$/, firescrypt],
  [/^\{SSHA/, ssha],
  [/^\$sha(?:1|256|512)\$/, formatted],
  [/^\$md5\$/, md5],
  [/^\$hmac-/, hmac],
]

/**
 * Whether a password is the one that was hashed.
 * @throws KratosError 501 that names a format which nothing here can check.
 */
export const checkHash = async (password: string, hash: string): Promise<boolean> => {
  const check = CHECKS.find(([format]) => format.test(hash))?.[1]
  if (check === undefined) throw unchecked(/^\$?([\w-]+)/.exec(hash)?.[1] ?? 'an unknown algorithm')
  const wasm = await load()
  try {
    return await check(password, hash, wasm)
  } catch (error) {
    if (error instanceof KratosError) throw error
    // A hash of the right name that is broken behind it fits no password.
    return false
  }
}

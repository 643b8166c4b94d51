import { bytesOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Profile } from '../../profiles/profile.ts'
import { Random } from '../../world/random.ts'
import { hashFlaw } from './hash-costs.ts'

/** What Kratos takes for a hashed password (hash/hash_comparator.go IsValidHashFormat). */
const KNOWN: readonly RegExp[] = [
  /^\$2[abzy]?\$/,
  /^\$argon2id?\$/,
  /^\$pbkdf2-sha[0-9]{1,3}\$/,
  /^\$scrypt\$/,
  /^\$firescrypt\$/,
  /^\{SSHA(?:256|512)?\}/,
  /^\$sha(?:1|256|512)\$/,
  /^\$(?:md5|sha256|sha512)-crypt\$/,
  /^\$md5\$/,
  /^\$hmac-(?:md4|md5|sha1|sha224|sha256|sha384|sha512)\$/,
]

export const isPasswordHash = (text: string): boolean => KNOWN.some((format) => format.test(text))

/** A seed out of a text: FNV-1a over its UTF-16. */
const seedOf = (text: string): number => {
  let seed = 0x811c9dc5
  for (let at = 0; at < text.length; at++) seed = Math.imul(seed ^ text.charCodeAt(at), 0x01000193)
  return seed
}

const SALT = 22
const DIGEST = 31

/** What a salt and a password come to: each half of both goes into it. */
const digestOf = (salt: string, password: string): string => {
  const first = new Random(seedOf(`${salt}\0${password}`)).alphanumeric(DIGEST - 15)
  return first + new Random(seedOf(`${password}\0${first}${salt}`)).alphanumeric(15)
}

/**
 * What stands in for the hash of a plain password: of bcrypt's shape, drawn, and checked by
 * `matchesPlainPassword`. It is no bcrypt, which is slow by design, and keeps no secret.
 */
export const plainPasswordHash = (random: Random, password: string): string => {
  const salt = random.alphanumeric(SALT)
  return `$2a$04$${salt}${digestOf(salt, password)}`
}

const PLAIN = /^\$2a\$04\$([A-Za-z0-9]{22})([A-Za-z0-9]{31})$/

export const isPlainPasswordHash = (hash: string): boolean => PLAIN.test(hash)

/** Whether a hash was made of a password by `plainPasswordHash`. */
export const matchesPlainPassword = (hash: string, password: string): boolean => {
  const [, salt, digest] = PLAIN.exec(hash) ?? []
  return salt !== undefined && digestOf(salt, password) === digest
}

/** What bcrypt, Kratos' hasher by default, reads of a password. */
export const MOST_BYTES = 72

/** @throws KratosError for a plain password that bcrypt would cut off: Kratos blames itself. */
export const checkPasswordLength = (password: string, profile: Profile): void => {
  const { length } = bytesOf(password)
  if (length <= MOST_BYTES) return
  const cause =
    'I[#/password] S[] the password does not fulfill the password policy because: ' +
    `The password must be at most ${MOST_BYTES} characters long, but got ${length}.`
  throw profile.has.internalErrors ? new KratosError(500, { message: cause }) : new KratosError(400, { reason: cause })
}

const UNKNOWN_FORMAT = 'The imported password does not match any known hash format.'

/** @throws KratosError 400 for what is no hash, or one that a release finds unsound. */
export const checkPasswordHash = (hash: string, profile: Profile): void => {
  if (!isPasswordHash(hash)) {
    const more = profile.has.newWording ? '' : ' For more information see https://www.ory.sh/dr/2'
    throw new KratosError(400, { reason: `${UNKNOWN_FORMAT}${more}` })
  }
  const flaw = profile.has.checksHashes ? hashFlaw(hash) : undefined
  if (flaw !== undefined) throw new KratosError(400, { reason: flaw })
}

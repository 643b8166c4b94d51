import { bytesOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { Random } from '../../world/random.ts'
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

/**
 * What stands in for the hash of a plain password: of bcrypt's shape and drawn, since no answer of the admin
 * API depends on whether it holds, and bcrypt is slow by design.
 */
export const drawnPasswordHash = (random: Random): string => `$2a$04$${random.alphanumeric(53)}`

/** What bcrypt, Kratos' hasher by default, reads of a password. */
const MOST_BYTES = 72

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

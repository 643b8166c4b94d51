import type { Random } from '../../world/random.ts'

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

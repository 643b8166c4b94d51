/** What an imported hash declares that it costs to check (hash/hash_limits.go): its parameters by the most of each. */
interface Costs {
  readonly format: RegExp
  /** How many parts there are between dollar signs, the empty one before the first included; undefined for any. */
  readonly parts: number
  readonly parameters: RegExp
  /** The most of each parameter, and the least where that is not 1. */
  readonly bounds: readonly (readonly [most: number, least?: number])[]
  /** Where base64 begins, and whether it is padded. */
  readonly encodedFrom: number
  readonly padded: boolean
}

const ALL: readonly Costs[] = [
  {
    format: /^\$argon2id?\$/,
    parts: 6,
    parameters: /^m=(\d+),t=(\d+),p=(\d+)/,
    bounds: [[2 ** 20], [10], [16]],
    encodedFrom: 4,
    padded: false,
  },
  {
    format: /^\$pbkdf2-sha[0-9]{1,3}\$/,
    parts: 5,
    parameters: /^i=(\d+),l=(\d+)/,
    bounds: [[10_000_000], [2 ** 32 - 1, 0]],
    encodedFrom: 3,
    padded: false,
  },
  {
    format: /^\$scrypt\$/,
    parts: 5,
    parameters: /^ln=(\d+),r=(\d+),p=(\d+)/,
    bounds: [[2 ** 17], [8], [10]],
    encodedFrom: 3,
    padded: true,
  },
  {
    format: /^\$firescrypt\$/,
    parts: 7,
    parameters: /^ln=(\d+),r=(\d+),p=(\d+)/,
    bounds: [[17, 0], [8], [10]],
    encodedFrom: 3,
    padded: true,
  },
]

const BCRYPT = /^\$2[abzy]?\$/
const BCRYPT_LENGTH = 59
const BCRYPT_MOST = 15
const BCRYPT_RANGE = [4, 31] as const

const BROKEN = 'The imported password hash could not be parsed.'
const TOO_COSTLY =
  'The imported password hash declares cost parameters that exceed the bounds enforced by Ory. ' +
  'Re-hash the password with a more conservative configuration before importing.'

/** Base64 as Go's strict decoder takes it: no bit is set behind the last byte. */
const PADDED = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/
const UNPADDED = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048])?$/

const isEncoded = (text: string, padded: boolean): boolean => (padded ? PADDED : UNPADDED).test(text)

const bcryptFlaw = (hash: string): string | undefined => {
  const cost = Number(/^\$2[abzy]?\$(\d{2})/.exec(hash)?.[1] ?? Number.NaN)
  const isWhole = hash.length >= BCRYPT_LENGTH && cost >= BCRYPT_RANGE[0] && cost <= BCRYPT_RANGE[1]
  if (!isWhole) return BROKEN
  return cost > BCRYPT_MOST ? TOO_COSTLY : undefined
}

/** What the next release says against an imported hash, if anything. */
export const hashFlaw = (hash: string): string | undefined => {
  if (BCRYPT.test(hash)) return bcryptFlaw(hash)
  const costs = ALL.find(({ format }) => format.test(hash))
  if (costs === undefined) return undefined
  const parts = hash.split('$')
  const isArgon = costs.encodedFrom === 4
  const given = costs.parameters.exec(parts[isArgon ? 3 : 2] ?? '')
  if (parts.length !== costs.parts || given === null || (isArgon && !/^v=19(?!\d)/.test(parts[2]!))) return BROKEN
  const fits = costs.bounds.every(
    ([most, least = 1], n) => Number(given[n + 1]) >= least && Number(given[n + 1]) <= most,
  )
  if (!fits) return TOO_COSTLY
  return parts.slice(costs.encodedFrom).every((part) => isEncoded(part, costs.padded)) ? undefined : BROKEN
}

/** The state of a generator: four 32-bit words. */
export type RandomState = readonly [number, number, number, number]

const HEX = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const HYPHEN = '-'.charCodeAt(0)
const ALPHANUMERIC = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', (char) =>
  char.charCodeAt(0),
)
/** How many these are; as a number of its own it makes a draw half as dear. */
const LETTERS = 62

/**
 * All randomness of a project (xoshiro128**, seeded through splitmix32): equal seeds draw equal ids, tokens,
 * codes and probabilities, in the order in which they are asked for.
 */
export class Random {
  /** The letters of the text that is drawn, in one array for all of them. */
  readonly #codes: number[] = []
  #a = 0
  #b = 0
  #c = 0
  #d = 0

  constructor(seed: number) {
    let z = seed | 0
    const split = (): number => {
      z = (z + 0x9e3779b9) | 0
      let t = z ^ (z >>> 16)
      t = Math.imul(t, 0x21f0aaad)
      t ^= t >>> 15
      t = Math.imul(t, 0x735a2d97)
      return (t ^ (t >>> 15)) >>> 0
    }
    this.restore([split(), split(), split(), split()])
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const x = Math.imul(this.#b, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9)
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result >>> 0
  }

  /** A number from 0 up to, not including, 1. */
  number(): number {
    return this.uint32() / 0x1_0000_0000
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.number() * (max - min + 1))
  }

  /** A random (version 4) UUID, lower case. */
  uuid(): string {
    const codes = this.#codes
    if (codes.length > 36) codes.length = 36
    let at = 0
    for (let n = 0; n < 4; n++) {
      let word = this.uint32()
      if (n === 1) word = (word & 0xffff_0fff) | 0x4000
      if (n === 2) word = (word & 0x3fff_ffff) | 0x8000_0000
      for (let shift = 28; shift >= 0; shift -= 4) {
        if (at === 8 || at === 13 || at === 18 || at === 23) codes[at++] = HYPHEN
        codes[at++] = HEX[(word >>> shift) & 0xf]!
      }
    }
    return String.fromCharCode(...codes)
  }

  /** Letters and digits behind a prefix, as in Kratos' `ory_st_` session tokens. */
  alphanumeric(length: number, prefix = ''): string {
    const codes = this.#codes
    const begin = prefix.length
    if (codes.length > begin + length) codes.length = begin + length
    for (let i = 0; i < begin; i++) codes[i] = prefix.charCodeAt(i)
    for (let i = 0; i < length; i++) codes[begin + i] = ALPHANUMERIC[this.uint32() % LETTERS]!
    return String.fromCharCode(...codes)
  }

  /** A session's token. */
  sessionToken(): string {
    return this.alphanumeric(32, 'ory_st_')
  }

  snapshot(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  restore([a, b, c, d]: RandomState): void {
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }
}

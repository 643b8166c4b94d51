/** Go's big.Float as json numbers are read into one: a mantissa of 64 bits, times two to the power of `exponent`. */
export interface BigFloat {
  readonly negative: boolean
  /** 0 for zero, else with its highest bit set. */
  readonly mantissa: bigint
  readonly exponent: number
}

const PRECISION = 64
const ZERO: BigFloat = { negative: false, mantissa: 0n, exponent: 0 }

const bits = (value: bigint): number => value.toString(2).length

/** A fraction of whole numbers above 0, rounded to the nearest, and to the even one of two. */
const rounded = (negative: boolean, above: bigint, below: bigint): BigFloat => {
  // One bit more than is kept, and whether there is anything behind it.
  const shift = PRECISION + 1 - (bits(above) - bits(below))
  const [a, b] = shift >= 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)]
  let mantissa = a / b
  let exponent = -shift
  let rest = a % b !== 0n
  for (; bits(mantissa) > PRECISION + 1; exponent++) {
    rest ||= (mantissa & 1n) === 1n
    mantissa >>= 1n
  }
  const isHalf = (mantissa & 1n) === 1n
  mantissa >>= 1n
  exponent++
  if (isHalf && (rest || (mantissa & 1n) === 1n)) mantissa++
  return bits(mantissa) > PRECISION
    ? { negative, mantissa: mantissa >> 1n, exponent: exponent + 1 }
    : { negative, mantissa, exponent }
}

/** Nobody asks for more digits than these, before the point or behind it. */
const MOST_DIGITS = 2000

/** A number by its spelling in JSON. */
export const bigFloat = (spelled: string): BigFloat => {
  const [, sign, whole, fraction = '', power = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(spelled)!
  const digits = BigInt(`${whole}${fraction}` || '0')
  if (digits === 0n) return ZERO
  const exponent = Math.max(-MOST_DIGITS, Math.min(MOST_DIGITS, Number(power) - fraction.length))
  const scale = 10n ** BigInt(Math.abs(exponent))
  return rounded(sign === '-', exponent < 0 ? digits : digits * scale, exponent < 0 ? scale : 1n)
}

/** A text that numbers have in common which are equal. */
export const bigFloatKey = (spelled: string): string => {
  const { negative, mantissa, exponent } = bigFloat(spelled)
  return `${negative ? '-' : ''}${mantissa}p${exponent}`
}

const compareAbsolute = (a: BigFloat, b: BigFloat): number => {
  if (a.mantissa === 0n || b.mantissa === 0n || a.exponent === b.exponent)
    return a.mantissa < b.mantissa ? -1 : a.mantissa > b.mantissa ? 1 : 0
  return a.exponent - b.exponent
}

/** Negative, 0 or positive. */
export const compareBigFloats = (a: BigFloat, b: BigFloat): number => {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  return a.negative ? compareAbsolute(b, a) : compareAbsolute(a, b)
}

/** Whether a quotient, rounded, is a whole number. */
export const dividesWhole = (a: BigFloat, b: BigFloat): boolean => {
  if (a.mantissa === 0n) return true
  if (b.mantissa === 0n) return false
  const { mantissa, exponent } = rounded(false, a.mantissa, b.mantissa)
  const scale = exponent + a.exponent - b.exponent
  return scale >= 0 || (scale > -PRECISION && mantissa % (1n << BigInt(-scale)) === 0n)
}

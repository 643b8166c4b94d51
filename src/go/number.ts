/** A decimal number: `digits` times ten to the power of `exponent`. */
interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

const decimalOf = (spelled: string): Decimal => {
  const [, sign, whole, fraction = '', power = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(spelled)!
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  let end = digits.length
  while (digits[end - 1] === '0') end--
  const kept = digits.slice(0, end)
  return {
    negative: sign === '-' && kept !== '',
    digits: kept,
    exponent: Number(power) - fraction.length + digits.length - kept.length,
  }
}

/** How many digits stand before the point. */
const magnitude = ({ digits, exponent }: Decimal): number => (digits === '' ? -Infinity : digits.length + exponent)

const compareAbsolute = (a: Decimal, b: Decimal): number => {
  const by = magnitude(a) - magnitude(b)
  if (a.digits === '' && b.digits === '') return 0
  if (by !== 0) return by
  const length = Math.max(a.digits.length, b.digits.length)
  const [x, y] = [a.digits.padEnd(length, '0'), b.digits.padEnd(length, '0')]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Compares JSON numbers by their spelling, however large: negative, 0 or positive. */
export const compareNumbers = (left: string, right: string): number => {
  const [a, b] = [decimalOf(left), decimalOf(right)]
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  return a.negative ? compareAbsolute(b, a) : compareAbsolute(a, b)
}

/** A text that numbers have in common which are equal. */
export const numberKey = (spelled: string): string => {
  const { negative, digits, exponent } = decimalOf(spelled)
  return digits === '' ? '0' : `${negative ? '-' : ''}${digits}e${exponent}`
}

/** Longer differences of scale are no multiples that anybody asks for. */
const MOST_DIGITS = 1000

/** Whether a number is a whole multiple of another. */
export const isMultiple = (spelled: string, of: string): boolean => {
  const [a, b] = [decimalOf(spelled), decimalOf(of)]
  if (a.digits === '') return true
  if (b.digits === '' || Math.abs(a.exponent - b.exponent) > MOST_DIGITS) return false
  const scale = Math.min(a.exponent, b.exponent)
  const whole = ({ digits, exponent }: Decimal): bigint => BigInt(digits) * 10n ** BigInt(exponent - scale)
  return whole(a) % whole(b) === 0n
}

/** Go's `%v` of a big.Float: the shortest digits, with an exponent below -4 and from 6 on. */
export const goFloat = (spelled: string): string => {
  const decimal = decimalOf(spelled)
  const { negative, digits } = decimal
  if (digits === '') return spelled.startsWith('-') ? '-0' : '0'
  const sign = negative ? '-' : ''
  const exponent = magnitude(decimal) - 1
  if (exponent < -4 || exponent >= 6) {
    const fraction = digits.length === 1 ? '' : `.${digits.slice(1)}`
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}${digits.length > exponent + 1 ? `.${digits.slice(exponent + 1)}` : ''}`
}

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/** Go's strconv.ParseInt(text, 10, 64): undefined where Go gives an error. */
export const parseInt64 = (text: string): bigint | undefined => {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value > INT64_MAX || value < INT64_MIN ? undefined : value
}

/** Go's int64 arithmetic wraps round. */
export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value)

/** Go's strconv.ParseBool; undefined for what it refuses. */
export const parseBool = (text: string): boolean | undefined => {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true
  return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined
}

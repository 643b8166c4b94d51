import { bytesOf, quote, type Bytes } from './bytes.ts'

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

/** Go's strconv.FormatFloat by `f` and -1: the shortest digits, without an exponent. */
export const plainFloat = (value: number): string => {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN'
  const { digits, exponent } = decimalOf(String(Math.abs(value)))
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const padded = digits.padStart(1 - exponent, '0')
  if (exponent >= 0) return `${sign}${digits || '0'}${'0'.repeat(digits === '' ? 0 : exponent)}`
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/** Go's strconv.ParseInt(text, 10, 64): undefined where Go gives an error. */
export const parseInt64 = (text: string): bigint | undefined => {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value > INT64_MAX || value < INT64_MIN ? undefined : value
}

const UINT64_MAX = 2n ** 64n - 1n

/** What Go's strconv.Atoi says of what `parseInt64` refuses: it stops at the digit that makes a number too large. */
export const atoiError = (text: Bytes): string => {
  const [, digits = '', rest] = /^[+-]?([0-9]*)(.*)$/s.exec(text)!
  const isNumber = digits !== '' && (rest === '' || BigInt(digits) > UINT64_MAX)
  return `strconv.Atoi: parsing ${quote(text)}: ${isNumber ? 'value out of range' : 'invalid syntax'}`
}

/** Go's strconv.Atoi: an index, or Go's words for why it is none. */
export const parseIndex = (text: string): number | string => {
  const value = parseInt64(text)
  return value === undefined ? atoiError(bytesOf(text)) : Number(value)
}

/** Go's int64 arithmetic wraps round. */
export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value)

/** Go's strconv.ParseBool; undefined for what it refuses. */
export const parseBool = (text: string): boolean | undefined => {
  if (/^(?:1|t|T|true|TRUE|True)$/.test(text)) return true
  return /^(?:0|f|F|false|FALSE|False)$/.test(text) ? false : undefined
}

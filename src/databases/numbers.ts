/** Limits of PostgreSQL's numeric: digits before and behind the point. */
const MOST_WHOLE = 131_072
const MOST_FRACTION = 16_383

interface Spelled {
  readonly sign: string
  readonly whole: string
  readonly fraction: string
  readonly power: number
}

const partsOf = (raw: string): Spelled => {
  const [, sign, whole, fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(raw)!
  return { sign: sign!, whole: whole!, fraction, power: Number(power) }
}

/**
 * A number as PostgreSQL's numeric keeps it: every digit and the scale, the exponent written out; undefined for one
 * that it cannot hold.
 */
export const numericText = (raw: string): string | undefined => {
  const { sign, whole, fraction, power } = partsOf(raw)
  const scale = Math.max(0, fraction.length - power)
  if (scale > MOST_FRACTION) return undefined
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const isZero = digits === ''
  // How many digits stand before the point.
  const before = isZero ? 0 : digits.length - fraction.length + power
  if (before > MOST_WHOLE) return undefined
  const written = isZero ? '' : before > 0 ? digits.padEnd(before, '0') : '0'.repeat(-before) + digits
  const left = before > 0 ? written.slice(0, before) : '0'
  const right = (before > 0 ? written.slice(before) : written).slice(0, scale).padEnd(scale, '0')
  return `${isZero ? '' : sign}${left}${scale === 0 ? '' : `.${right}`}`
}

const MOST_UNSIGNED = 2n ** 64n - 1n
const LEAST_SIGNED = -(2n ** 63n)
/** Beyond so many digits before the point, or zeros behind it, MySQL writes an exponent (my_gcvt, strings/dtoa.cc). */
const MOST_PLAIN = 15
/** The highest power of ten that its JSON parser goes on with, digits behind the point off (RapidJSON's ParseNumber). */
const MOST_POWER = 308

const isWhole = (raw: string): boolean => {
  if (!/^-?\d{1,20}$/.test(raw)) return false
  const value = BigInt(raw)
  return value >= LEAST_SIGNED && value <= MOST_UNSIGNED
}

/** Looked at before the digits are: it turns a zero away, too. */
const isPowerTooBig = (raw: string): boolean => {
  const { fraction, power } = partsOf(raw)
  return power - fraction.length > MOST_POWER
}

/**
 * A number as MySQL's JSON keeps it: an integer of 64 bits as it is, anything else as a double in its shortest form;
 * undefined for one that is too big for a double.
 */
export const doubleText = (raw: string): string | undefined => {
  if (isWhole(raw)) return raw === '-0' ? '0' : raw
  const value = Number(raw)
  if (!Number.isFinite(value) || (value === 0 && isPowerTooBig(raw))) return undefined
  const sign = Object.is(value, -0) || value < 0 ? '-' : ''
  const [, first, rest = '', power] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(Math.abs(value).toExponential())!
  const digits = `${first}${rest}`
  const point = value === 0 ? 1 : Number(power) + 1
  // One with a fraction needs no zeros to fill it up.
  if ((point > MOST_PLAIN && digits.length <= point) || point <= -MOST_PLAIN)
    return `${sign}${first}${rest === '' ? '' : `.${rest}`}e${Number(power)}`
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point) || '0'}`
}

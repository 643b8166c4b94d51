/** Nanoseconds: a double holds those of a hundred days exactly, and Kratos' are shown in microseconds. */
type Nanos = bigint

const UNITS: Readonly<Record<string, Nanos>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

const MOST = 2n ** 63n - 1n

const PART = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y

/** Go's time.ParseDuration: undefined where Go gives an error. */
export const parseGoDuration = (text: string): Nanos | undefined => {
  const unsigned = text.replace(/^[+-]/, '')
  if (unsigned === '0') return 0n
  if (unsigned === '') return undefined
  let total = 0n
  PART.lastIndex = 0
  while (PART.lastIndex < unsigned.length) {
    const found = PART.exec(unsigned)
    if (found === null) return undefined
    const [, whole = '', fraction = '', unit] = found
    if (whole === '' && fraction === '') return undefined
    const scale = UNITS[unit!]!
    total += BigInt(whole || '0') * scale
    // Go reads a fraction digit by digit as well, and drops what is below a nanosecond.
    const digits = fraction.slice(0, 18)
    if (digits !== '') total += (BigInt(digits) * scale) / 10n ** BigInt(digits.length)
    if (total > MOST) return undefined
  }
  return text.startsWith('-') ? -total : total
}

const fractionOf = (value: Nanos, unit: Nanos): string => {
  const rest = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '')
  return `${value / unit}${rest === '' ? '' : `.${rest}`}`
}

/** Go's Duration.String: `1h30m0s`, `-1h0m0s`, `1.5s`, `250ms`, `0s`. */
export const goDurationText = (nanos: Nanos): string => {
  const sign = nanos < 0n ? '-' : ''
  const value = nanos < 0n ? -nanos : nanos
  if (value === 0n) return '0s'
  if (value < UNITS['us']!) return `${sign}${value}ns`
  if (value < UNITS['ms']!) return `${sign}${fractionOf(value, UNITS['us']!)}\u00b5s`
  if (value < UNITS['s']!) return `${sign}${fractionOf(value, UNITS['ms']!)}ms`
  const hours = value / UNITS['h']!
  const minutes = (value / UNITS['m']!) % 60n
  const seconds = fractionOf(value % UNITS['m']!, UNITS['s']!)
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}s`
  return minutes > 0n ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`
}

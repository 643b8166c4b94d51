import { bytesOf, escapedBytes } from './bytes.ts'
import { mismatch, type Decoding, type GoType } from './json-decode.ts'
import { GoJsonError, type JsonNode } from './json-parse.ts'
import { parseTime } from '../model/time.ts'
import { NIL_UUID, parseUuid } from './uuid.ts'

/** Go's zero time, which Kratos answers where it has not read a row back. */
export const ZERO_TIME = '0001-01-01T00:00:00Z'

const uuidOf = (text: string): string => {
  const id = parseUuid(bytesOf(text))
  if (typeof id !== 'string') throw new GoJsonError(id.error)
  return id
}

const uuidText = (node: JsonNode, decoding: Decoding, type: string): string | undefined => {
  if (node.kind === 'string') return uuidOf(node.text)
  if (node.kind !== 'null') mismatch(node, decoding, type)
  return undefined
}

/** gofrs/uuid's UUID: `null` leaves it. */
export const goUuid: GoType<string> = {
  name: 'uuid.UUID',
  zero: () => NIL_UUID,
  read: (node, decoding, former) => uuidText(node, decoding, 'uuid.UUID') ?? former,
}

export const goUuidPointer: GoType<string | null> = {
  name: '*uuid.UUID',
  zero: () => null,
  read: (node, decoding, former) => (node.kind === 'null' ? null : (uuidText(node, decoding, '*uuid.UUID') ?? former)),
}

/** gofrs/uuid's NullUUID, which decodes the text between quotes by itself: its errors end the decoding at once. */
export const goNullUuid: GoType<string | null> = {
  name: 'uuid.NullUUID',
  zero: () => null,
  read: (node) => {
    if (node.kind === 'null') return null
    return uuidOf(node.kind === 'string' ? node.raw.slice(1, -1) : node.raw)
  },
}

/** A part of RFC 3339: Go's name for it, what it may be, and the numbers in it with their names and ranges. */
type Part = readonly [layout: string, pattern: RegExp, ...ranges: readonly (readonly [string, number, number])[]]

/** In the order in which Go's time.Parse reads them: an hour may have one digit, a zone may be 24 hours and 60 minutes off. */
const PARTS: readonly Part[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^(\d{2})/, ['month', 1, 12]],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^(\d\d?)/, ['hour', 0, 23]],
  [':', /^:/],
  ['04', /^(\d{2})/, ['minute', 0, 59]],
  [':', /^:/],
  ['05', /^(\d{2})(?:[.,]\d+)?/, ['second', 0, 59]],
  ['Z07:00', /^(?:Z|[+-](\d{2}):(\d{2}))/, ['time zone offset hour', 0, 24], ['time zone offset minute', 0, 60]],
]

const LAYOUT = '2006-01-02T15:04:05Z07:00'

/** How package time quotes what it could not parse: bytes beyond ASCII are escaped, letters or not. */
const quoted = (text: string): string =>
  `"${escapedBytes(text)
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(/[\x00-\x1f\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`

/** A time as Go prints it again: with its offset, without zeros at the end of its fraction. */
const printed = (text: string): string => {
  const [, clock, fraction = '', zone] = /^(.{19})(?:[.,](\d{1,9})\d*)?(.+)$/.exec(text)!
  const kept = fraction.replace(/0+$/, '')
  return [clock, kept === '' ? '' : `.${kept}`, /^[+-]00:00$/.test(zone!) ? 'Z' : zone].join('')
}

const timeOf = (text: string): string => {
  let rest = text
  for (const [layout, pattern, ...ranges] of PARTS) {
    const [found, ...numbers] = pattern.exec(rest) ?? []
    if (found === undefined)
      throw new GoJsonError(`parsing time ${quoted(text)} as "${LAYOUT}": cannot parse ${quoted(rest)} as "${layout}"`)
    const wrong = ranges.find(([, least, most], n) => {
      const number = Number(numbers[n] ?? least)
      return number < least || number > most
    })
    if (wrong !== undefined) throw new GoJsonError(`parsing time ${quoted(text)}: ${wrong[0]} out of range`)
    rest = rest.slice(found.length)
  }
  if (rest !== '') throw new GoJsonError(`parsing time ${quoted(text)}: extra text: ${quoted(rest)}`)
  const whole = text.replace(/T(?=\d:)/, 'T0').replace(',', '.')
  if (parseTime(whole) === undefined) throw new GoJsonError(`parsing time ${quoted(text)}: day out of range`)
  return printed(whole)
}

/** time.Time, which decodes by itself. */
export const goTime: GoType<string> = {
  name: 'time.Time',
  zero: () => ZERO_TIME,
  read: (node, _decoding, former) => {
    if (node.kind === 'null') return former
    if (node.kind !== 'string') throw new GoJsonError('Time.UnmarshalJSON: input is not a JSON string')
    // Escapes are not read.
    return timeOf(node.raw.slice(1, -1))
  },
}

/** Whether it is Go's zero time, in whatever zone. */
export const isZeroTime = (text: string): boolean =>
  text.startsWith('000') && !/\.\d*[1-9]/.test(text) && parseTime(text)?.text === ZERO_TIME

/** A pointer to ory/x's NullTime, which prints the zero time as `null` and stores it as none. */
export const goNullTime: GoType<string | null> = {
  name: '*sqlxx.NullTime',
  zero: () => null,
  read: (node, decoding) => {
    if (node.kind === 'null') return null
    const time = goTime.read(node, decoding, ZERO_TIME)
    return isZeroTime(time) ? ZERO_TIME : time
  },
}

/** ory/x's NullString, which decodes by itself: its errors end the decoding at once. */
export const goNullString: GoType<string> = {
  name: 'sqlxx.NullString',
  zero: () => '',
  read: (node, _decoding, former) => {
    if (node.kind === 'string') return node.text
    if (node.kind === 'null') return former
    throw new GoJsonError(`json: cannot unmarshal ${node.kind} into Go value of type string`)
  },
}

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

/** The parts of RFC 3339 in the order in which Go's time.Parse reads them, with its names for them. */
const PARTS: readonly (readonly [layout: string, pattern: RegExp])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
  ['05', /^\d{2}(?:[.,]\d+)?/],
  ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})/],
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
  if (/^.{10}T/.test(text) && parseTime(text) !== undefined) return printed(text)
  let rest = text
  for (const [layout, pattern] of PARTS) {
    const found = pattern.exec(rest)?.[0]
    if (found === undefined)
      throw new GoJsonError(`parsing time ${quoted(text)} as "${LAYOUT}": cannot parse ${quoted(rest)} as "${layout}"`)
    rest = rest.slice(found.length)
  }
  if (rest !== '') throw new GoJsonError(`parsing time ${quoted(text)}: extra text: ${quoted(rest)}`)
  const [, month, , hour, minute, second] = /^\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(text)!.map(Number)
  const range =
    month! < 1 || month! > 12
      ? 'month'
      : hour! > 23
        ? 'hour'
        : minute! > 59
          ? 'minute'
          : second! > 59
            ? 'second'
            : 'day'
  throw new GoJsonError(`parsing time ${quoted(text)}: ${range} out of range`)
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

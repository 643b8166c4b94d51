import { bytesOf } from '../go/bytes.ts'
import { parseReference } from '../go/request-uri.ts'
import { parseTime } from '../model/time.ts'
import { isGoRegExp } from './go-regexp.ts'
import { remembered } from '../model/remembered.ts'
import { isPhoneNumber } from './phone.ts'

/** Labels of up to 63 letters, none of which ends with a hyphen, nor begins the name with one. */
const HOSTNAME = /^(?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9](?:\.[A-Za-z0-9-]{0,62}[A-Za-z0-9])*$/

const isHostname = (text: string): boolean => {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  return name.length <= 253 && HOSTNAME.test(name)
}

/** The part before the `@` as Go's net/mail reads it: atoms with dots between them, or a quoted string. */
const LOCAL =
  // oxlint-disable-next-line no-control-regex
  /^[ \t]*(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*|"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e\u0080-\u{10ffff}])*")$/u

const isEmail = (text: string): boolean => {
  const bytes = bytesOf(text)
  const at = text.lastIndexOf('@')
  if (at < 0 || bytes.length > 254 || bytes.lastIndexOf('@') > 64) return false
  return LOCAL.test(text.slice(0, at)) && isHostname(text.slice(at + 1)) && !text.endsWith('.')
}

/** A time of day as Go reads it: the hour with one digit, too, and a zone that may be a day or an hour off. */
const CLOCK = /^(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/
const MOST = [23, 59, 59, 24, 60]

const isTime = (text: string): boolean => {
  const parts = CLOCK.exec(text)?.slice(1)
  return parts !== undefined && parts.every((part, n) => Number(part ?? 0) <= MOST[n]!)
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && parseTime(`${text}T00:00:00Z`) !== undefined

const isDateTime = (text: string): boolean => text[10] === 'T' && isDate(text.slice(0, 10)) && isTime(text.slice(11))

const isUriReference = (text: string): boolean => parseReference(bytesOf(text)) !== undefined

/** Braces in pairs, none inside of another, in each part of the path. */
const isUriTemplate = (text: string): boolean =>
  parseReference(bytesOf(text))
    ?.path.split('/')
    .every((part) => /^[^{}]*(?:\{[^{}]*\}[^{}]*)*$/.test(part)) ?? false

const isPointer = (text: string): boolean => (text === '' || text.startsWith('/')) && !/~(?![~01])/.test(text)

const compiles = (make: () => unknown): boolean => {
  try {
    make()
    return true
  } catch {
    return false
  }
}

const isUri = (text: string): boolean => (parseReference(bytesOf(text))?.scheme ?? '') !== ''
const isIpv4 = (text: string): boolean =>
  /^[+-]?\d+(?:\.[+-]?\d+){3}$/.test(text) &&
  text.split('.').every((group) => Number(group) >= 0 && Number(group) <= 255)

/** The formats of ory/jsonschema (formats.go), and the one that Kratos adds; any other is not checked. */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date-time', isDateTime],
  ['date', isDate],
  ['time', isTime],
  ['hostname', isHostname],
  ['email', remembered(isEmail)],
  ['tel', remembered(isPhoneNumber)],
  ['ip-address', isIpv4],
  ['ipv4', isIpv4],
  ['ipv6', (text) => /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text) && compiles(() => new URL(`http://[${text}]`))],
  ['uri', isUri],
  ['iri', isUri],
  ['uri-reference', isUriReference],
  ['uriref', isUriReference],
  ['iri-reference', isUriReference],
  ['uri-template', isUriTemplate],
  ['regex', isGoRegExp],
  ['json-pointer', isPointer],
  [
    'relative-json-pointer',
    (text) => /^(?:0|[1-9]\d*)#$/.test(text) || isPointer(/^(?:0|[1-9]\d*)(.*)$/s.exec(text)?.[1] ?? '~'),
  ],
  ['no-validate', () => true],
])

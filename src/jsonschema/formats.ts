import { bytesOf } from '../go/bytes.ts'
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

const ZONED = String.raw`(?:Z|[+-]\d{2}:\d{2})$`
const isDateTime = (text: string): boolean =>
  new RegExp(String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?${ZONED}`).test(text) &&
  parseTime(text.replace(',', '.')) !== undefined

/** Who signs in, a host or an address in brackets, and a port of digits. */
const AUTHORITY = /^(?:[A-Za-z0-9._~!$&'()*+,;=:%@-]*@)?(?:\[[^\]]*\]|[^[\]:\s<>"]*|[^[\]\s<>"]*(?=:))(?::\d*)?$/

/** Go's url.Parse, as far as it refuses: controls, bad escapes, a broken authority, a colon in the first segment. */
const isUriReference = (text: string): boolean => {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})|^:|^(?![A-Za-z][A-Za-z0-9+.-]*:)[^/?#]*:/.test(text)) return false
  const authority = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#]*)/.exec(text)?.[1]
  return authority === undefined || AUTHORITY.test(authority)
}

const isPointer = (text: string): boolean => (text === '' || text.startsWith('/')) && !/~(?![~01])/.test(text)

const compiles = (make: () => unknown): boolean => {
  try {
    make()
    return true
  } catch {
    return false
  }
}

const isUri = (text: string): boolean => isUriReference(text) && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)
const isIpv4 = (text: string): boolean =>
  /^\+?\d+(?:\.\+?\d+){3}$/.test(text) && text.split('.').every((group) => Number(group) <= 255)

/** The formats of ory/jsonschema (formats.go), and the one that Kratos adds; any other is not checked. */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date-time', isDateTime],
  ['date', (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDateTime(`${text}T00:00:00Z`)],
  ['time', (text) => isDateTime(`2000-01-01T${text}`)],
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
  ['uri-template', (text) => isUriReference(text.replaceAll(/[{}]/g, '')) && !/\{[^}]*(?:\{|$)|^[^{]*\}/.test(text)],
  ['regex', isGoRegExp],
  ['json-pointer', isPointer],
  [
    'relative-json-pointer',
    (text) => /^(?:0|[1-9]\d*)#$/.test(text) || isPointer(/^(?:0|[1-9]\d*)(.*)$/s.exec(text)?.[1] ?? '~'),
  ],
  ['no-validate', () => true],
])

import { urlOf } from '../model/url-of.ts'
import { escapeBytes, unescapeBytes, type Bytes } from './bytes.ts'

/**
 * A request's target apart: what stands before the path of one in absolute form, as Go prints it, else `''`; and its
 * path and query. What has a scheme and no slash, as `mailto:x`, is opaque to Go: all of it stands there, and its path is empty.
 */
export interface RequestUri {
  readonly origin: Bytes
  readonly whole: Bytes
}

const CONTROL = /[\x00-\x1f\x7f]/
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/
const USERINFO = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/
const PORT = /^(?::\d*)?$/
/** A host may escape nothing of ASCII but a percent sign. */
const HOST = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"\x80-\xff]|%25|%[89a-fA-F][0-9a-fA-F])*$/

/** @param isStrict whether a host holds no colon, as in Go 1.26; before, the last one stood before the port. */
const isHost = (isStrict: boolean, host: Bytes): boolean => {
  const open = host.lastIndexOf('[')
  if (open > 0) return false
  if (open === 0) {
    const close = host.lastIndexOf(']')
    const address = host.slice(1, close).replace(/%25.*/, '')
    return close > 0 && PORT.test(host.slice(close + 1)) && urlOf(`http://[${address}]`) !== undefined
  }
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':')
  return (colon < 0 || PORT.test(host.slice(colon))) && HOST.test(host)
}

const KEEP_IN_USERINFO = /[A-Za-z0-9\-_.~$&+,;=]/

/** A name and a password as Go prints them; undefined for what is none. */
const userinfoOf = (sent: Bytes): Bytes | undefined => {
  const [name, ...password] = sent.split(':')
  const parts = password.length === 0 ? [name!] : [name!, password.join(':')]
  const plain = parts.map((part) => unescapeBytes(part))
  return USERINFO.test(sent) && plain.every((part) => part !== undefined)
    ? plain.map((part) => escapeBytes(part, KEEP_IN_USERINFO)).join(':')
    : undefined
}

/** An authority as Go prints it; undefined for what is none. */
const authorityOf = (isStrict: boolean, sent: Bytes): Bytes | undefined => {
  const at = sent.lastIndexOf('@')
  const host = sent.slice(at + 1)
  const userinfo = at < 0 ? '' : userinfoOf(sent.slice(0, at))
  if (userinfo === undefined || !isHost(isStrict, host)) return undefined
  return (at < 0 ? '' : `${userinfo}@`) + escapeBytes(host, /[\x00-\x7f]/)
}

/**
 * A target as Go's net/http and its url.ParseRequestURI read it, but for escapes in its path.
 * @param isNew whether Go is 1.26 or later.
 * @returns undefined for one that they refuse.
 */
export const parseRequestUri = (method: string, target: Bytes, isNew = true): RequestUri | undefined => {
  if (CONTROL.test(target)) return undefined
  if (target.startsWith('/') || target === '*') return { origin: '', whole: target }
  const isConnect = method === 'CONNECT'
  const [head = '', spelled = ''] = SCHEME.exec(isConnect ? `http://${target}` : target) ?? []
  if (head === '') return undefined
  const scheme = spelled.toLowerCase()
  const rest = isConnect ? `//${target}` : target.slice(head.length)
  const [before = ''] = /^(?:\/\/[^/?]*|(?!\/)[^?]*)/.exec(rest) ?? []
  const whole = rest.slice(before.length)
  if (!before.startsWith('//')) return { origin: `${scheme}:${before}`, whole }
  const authority = authorityOf(isNew && /^https?$/.test(scheme), before.slice(2))
  if (authority === undefined) return undefined
  return { origin: `${isConnect ? '' : `${scheme}:`}//${authority}`, whole }
}

/** A reference's scheme, `''` for none, and its path as it was sent, which is empty for one that Go takes for opaque. */
export interface Reference {
  readonly scheme: string
  readonly path: Bytes
}

const hasBadEscape = (text: Bytes): boolean => unescapeBytes(text) === undefined

/** A URL, or what is relative to one, as Go's url.Parse reads it; undefined for what it refuses. */
export const parseReference = (sent: Bytes): Reference | undefined => {
  const mark = sent.indexOf('#')
  const whole = mark < 0 ? sent : sent.slice(0, mark)
  if (CONTROL.test(whole) || (mark >= 0 && hasBadEscape(sent.slice(mark + 1)))) return undefined
  const [head = '', spelled = ''] = SCHEME.exec(whole) ?? []
  const scheme = spelled.toLowerCase()
  const rest = whole.slice(head.length).split('?', 1)[0]!
  if (head === '' && whole.startsWith(':')) return undefined
  if (!rest.startsWith('/') && head !== '') return { scheme, path: '' }
  if (!rest.startsWith('/') && rest.split('/', 1)[0]!.includes(':')) return undefined
  const isOwned = rest.startsWith('//') && (head !== '' || !rest.startsWith('///'))
  const [before = ''] = isOwned ? /^\/\/[^/]*/.exec(rest)! : []
  const path = rest.slice(before.length)
  if (isOwned && authorityOf(/^https?$/.test(scheme), before.slice(2)) === undefined) return undefined
  return hasBadEscape(path) ? undefined : { scheme, path }
}

import { pattern } from '../model/pattern.ts'
import { utf8Text } from '../model/utf8.ts'

/**
 * Byte strings: text whose every character stands for one byte (0 to 255), as Go's strings are made of bytes.
 * Lengths, escapes and comparisons of paths and queries are Go's on these; `textOf` makes them readable.
 */
export type Bytes = string

const encoder = new TextEncoder()

/** Whether each character is ASCII, so that bytes and text are the same. */
// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text)

export const bytesOf = (text: string): Bytes =>
  isAscii(text) ? text : Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('')

/** A byte string as what it stands for. */
export const rawBytes = (bytes: Bytes): Uint8Array => Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))

/** The same the other way around. */
export const byteText = (raw: Uint8Array): Bytes => {
  let text = ''
  for (let at = 0; at < raw.length; at += 8192) text += String.fromCharCode(...raw.subarray(at, at + 8192))
  return text
}

/** The text of a byte string in UTF-8; what is no UTF-8 becomes U+FFFD, as in Go's JSON encoder. */
export const textOf = (bytes: Bytes): string => (isAscii(bytes) ? bytes : utf8Text(rawBytes(bytes)))

/** How a byte that is no UTF-8 stands in a text that keeps it: as a surrogate, which no decoded text has alone. */
const ESCAPED = 0xdc00

/**
 * The text of bytes in UTF-8, in which those that are none stand as surrogates, U+DC80 to U+DCFF, so that
 * `escapedBytes` gives them back, and a body has them as they were.
 */
export const escapedText = (bytes: Bytes): string => {
  if (isAscii(bytes)) return bytes
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at)
    text += length === 0 ? String.fromCharCode(ESCAPED + bytes.charCodeAt(at)) : textOf(bytes.slice(at, at + length))
    at += length || 1
  }
  return text
}

/** The bytes of a text that may come from `escapedText`. */
export const escapedBytes = (text: string): Bytes =>
  /[\udc80-\udcff]/.test(text)
    ? text
        .split(/(?<![\ud800-\udbff])([\udc80-\udcff])/)
        .map((part, n) => (n % 2 === 1 ? String.fromCharCode(part.charCodeAt(0) - ESCAPED) : bytesOf(part)))
        .join('')
    : bytesOf(text)

/** Go's url.PathUnescape, or with `plus` url.QueryUnescape: undefined where Go gives an error. */
export const unescapeBytes = (escaped: Bytes, plus = false): Bytes | undefined => {
  const spaced = plus && escaped.includes('+') ? escaped.replaceAll('+', ' ') : escaped
  if (!spaced.includes('%')) return spaced
  if (/%(?![0-9A-Fa-f]{2})/.test(spaced)) return undefined
  return spaced.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Percent-escapes the bytes that `keep` does not match, in upper-case hex, as Go does. */
export const escapeBytes = (bytes: Bytes, keep: RegExp): Bytes =>
  // oxlint-disable-next-line no-control-regex
  bytes.replace(/[^]/g, (byte) =>
    keep.test(byte) ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

/** The length of the valid UTF-8 sequence that starts at `at`, or 0. */
export const sequenceAt = (bytes: Bytes, at: number): number => {
  const first = bytes.charCodeAt(at)
  const length =
    first < 0x80
      ? 1
      : first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0
  if (length < 2) return length
  return textOf(bytes.slice(at, at + length)).includes('\ufffd') && bytes.slice(at, at + 3) !== '\xef\xbf\xbd'
    ? 0
    : length
}

/** A character that Go prints as it is. */
const PRINTED = pattern(String.raw`^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$`, 'u')

/** Go's `%q`: quoted, with what cannot be printed escaped. */
export const quote = (bytes: Bytes): string => {
  let out = '"'
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at)
    if (length === 0) {
      out += `\\x${bytes.charCodeAt(at).toString(16).padStart(2, '0')}`
      at += 1
      continue
    }
    const char = textOf(bytes.slice(at, at + length))
    const code = char.codePointAt(0)!
    at += length
    if (SHORT[char] !== undefined) out += SHORT[char]
    else if (PRINTED().test(char)) out += char
    else if (code < 0x80) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += `\\U${code.toString(16).padStart(8, '0')}`
  }
  return `${out}"`
}

const LONG: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SHORT).map(([char, escape]) => [escape, char]),
)

/** The text that such a literal stands for, without its quotation marks. */
export const unquoted = (literal: string): string =>
  literal.replaceAll(
    /\\(?:x(..)|u(.{4})|U(.{8})|.)/g,
    (escape, x?: string, u?: string, long?: string) =>
      LONG[escape] ?? String.fromCodePoint(Number.parseInt(x ?? u ?? long ?? '', 16)),
  )

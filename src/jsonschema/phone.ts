import type * as Phones from 'libphonenumber-js/max'
import { bytesOf } from '../go/bytes.ts'
import { pattern } from '../model/pattern.ts'

/** A text that is no phone number, in the words of the library that Kratos asks (nyaruka/phonenumbers). */
export class PhoneError extends Error {
  override readonly name = 'PhoneError'
}

const NOT_A_NUMBER = 'the phone number supplied is not a number'
const NO_COUNTRY = 'invalid country code'
const TOO_SHORT = 'the string supplied is too short to be a phone number'
const TOO_LONG = 'the string supplied is too long to be a phone number'
/** Of Kratos itself (x/normalize.go). */
const INVALID = 'the provided number is not a valid phone number'

/** What the numbering plans of the countries say of international digits. */
const PLAN_WORDS: ReadonlyMap<string, string> = new Map([
  ['NOT_A_NUMBER', NOT_A_NUMBER],
  ['INVALID_COUNTRY', NO_COUNTRY],
  ['TOO_SHORT', TOO_SHORT],
  ['TOO_LONG', TOO_LONG],
])

const LONGEST_BYTES = 250
const LEAST_DIGITS = 2

const PLUS = '+\uff0b'
const PUNCTUATION = String.raw`\-x\u2010-\u2015\u2212\u30fc\uff0d-\uff0f \u00a0\u00ad\u200b\u2060\u3000()\uff08\uff09\uff3b\uff3d.\[\]\/~\u2053\u223c\uff5e`
const EXTENSION_DIGITS = String.raw`(\p{Nd}{1,7})`
/** An extension at the end, as people and RFC 3966 write it. */
const EXTENSION =
  `;ext=${EXTENSION_DIGITS}|[ \\u00a0\\t,]*` +
  String.raw`(?:e?xt(?:ensi(?:o\u0301?|\u00f3))?n?|\uff45?\uff58\uff54\uff4e?|[;,x\uff58#\uff03~\uff5e]|int|anexo|\uff49\uff4e\uff54)` +
  String.raw`[:.\uff0e]?[ \u00a0\t,\-]*${EXTENSION_DIGITS}#?|[\- ]+(\p{Nd}{1,5})#`

const EXTENSION_AT_END = pattern(`(?:${EXTENSION})$`, 'u')
const VIABLE = pattern(
  String.raw`^(?:\p{Nd}{2}|[${PLUS}]*(?:[${PUNCTUATION}*]*\p{Nd}){3,}[${PUNCTUATION}*A-Za-z\p{Nd}]*(?:${EXTENSION})?)$`,
  'u',
)
const START = pattern(String.raw`[${PLUS}\p{Nd}]`, 'u')
const LEADING_PLUS = pattern(`^[${PLUS}]+`, 'u')
const GLOBAL_DIGITS = pattern(String.raw`^\+[-.()\p{Nd}]*\p{Nd}[-.()\p{Nd}]*$`, 'u')
const DOMAIN = pattern(
  String.raw`^(?:[A-Za-z\p{Nd}](?:[A-Za-z\p{Nd}-]*[A-Za-z\p{Nd}])?\.)*[A-Za-z](?:[A-Za-z\p{Nd}-]*[A-Za-z\p{Nd}])?\.?$`,
  'u',
)

const NO_DIGIT = pattern(String.raw`\P{Nd}`, 'gu')

const CONTEXT = ';phone-context='
const TEL = 'tel:'

const isViable = (text: string): boolean => bytesOf(text).length >= LEAST_DIGITS && VIABLE().test(text)

/** From the first digit or plus on, up to what begins a second number. */
const possibleNumber = (text: string): string => {
  const start = text.search(START())
  return start < 0 ? '' : text.slice(start).replace(/[\\/] *x[^]*/, '')
}

/** What of a text, or of a `tel:` URI with its context, is to be read as a number. */
const candidateOf = (text: string): string => {
  const at = text.indexOf(CONTEXT)
  if (at < 0) return possibleNumber(text)
  const context = text.slice(at + CONTEXT.length).split(';', 1)[0]!
  if (!GLOBAL_DIGITS().test(context) && !DOMAIN().test(context)) throw new PhoneError(NOT_A_NUMBER)
  if (at === 0) return possibleNumber(text)
  const tel = text.indexOf(TEL)
  const from = tel < 0 ? 0 : tel + TEL.length
  return (context.startsWith('+') ? context : '') + text.slice(Math.min(from, at), at)
}

const KEYPAD = 'abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9'

const keyOf = (letter: string): string => /\d/.exec(KEYPAD.slice(KEYPAD.indexOf(letter.toLowerCase())))![0]

/** The digits of a number, letters pressed on a keypad where there are three of them. */
const digitsOf = (text: string): string =>
  (text.match(/[A-Za-z]/g) ?? []).length >= 3
    ? text.replaceAll(/[^A-Za-z0-9+*]/g, '').replaceAll(/[A-Za-z]/g, keyOf)
    : text
        .replaceAll(NO_DIGIT(), '')
        .replaceAll(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 0xf))

let library: typeof Phones | undefined

/** Loads what `e164` and `isPhoneNumber` need, once. */
export const loadPhones = async (): Promise<void> => {
  library ??= await import('libphonenumber-js/max')
}

/** The digits after the plus of a text in which no region is implied. */
const internationalDigits = (text: string): string => {
  if (text === '') throw new PhoneError(NOT_A_NUMBER)
  if (bytesOf(text).length > LONGEST_BYTES) throw new PhoneError(TOO_LONG)
  const whole = candidateOf(text)
  const subaddress = whole.indexOf(';isub=')
  const candidate = subaddress > 0 ? whole.slice(0, subaddress) : whole
  if (!isViable(candidate)) throw new PhoneError(NOT_A_NUMBER)
  if (!LEADING_PLUS().test(candidate)) throw new PhoneError(NO_COUNTRY)
  const extension = candidate.search(EXTENSION_AT_END())
  const number = extension >= 0 && isViable(candidate.slice(0, extension)) ? candidate.slice(0, extension) : candidate
  return digitsOf(number.replace(LEADING_PLUS(), ''))
}

/**
 * A phone number in E.164, `+` and digits alone, by the numbering plan of its country. Kratos implies no region, so
 * a text without a plus is none.
 * @throws PhoneError
 */
export const e164 = (text: string): string => {
  if (library === undefined) throw new Error('No phone number is read before loadPhones.')
  const digits = internationalDigits(text)
  // Digits of other scripts and signs between letters stay in: no numbering plan has such a number.
  if (/\D/.test(digits)) throw new PhoneError(/^\d/.test(digits) ? INVALID : NO_COUNTRY)
  try {
    const number = library.parsePhoneNumberWithError(`+${digits}`)
    if (number.isValid()) return number.number
  } catch (error) {
    const words = error instanceof library.ParseError ? PLAN_WORDS.get(error.message) : undefined
    throw words === undefined ? error : new PhoneError(words)
  }
  throw new PhoneError(INVALID)
}

export const isPhoneNumber = (text: string): boolean => {
  try {
    e164(text)
    return true
  } catch (error) {
    if (error instanceof PhoneError) return false
    throw error
  }
}

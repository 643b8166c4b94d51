import { mailAddress } from '../go/mail.ts'
import { pattern } from '../model/pattern.ts'
import { e164, PhoneError } from './phone.ts'

/** A text that the profiles of PRECIS (RFC 8264) do not take, in the words of Go's library. */
export class PrecisError extends Error {
  override readonly name = 'PrecisError'
}

/** What no identifier holds: controls, formats, what is invisible, unassigned or no character, and old Hangul. */
const FORBIDDEN = String.raw`[\p{C}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u0640\u07fa\u1100-\u11ff\u302e\u302f\u3031-\u3035\u303b\ua960-\ua97c\ud7b0-\ud7fb\u2028\u2029]`
const EACH_FORBIDDEN = pattern(FORBIDDEN, 'gu')
const ANY_FORBIDDEN = pattern(FORBIDDEN, 'u')
const RIGHT_TO_LEFT = pattern(
  String.raw`[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]`,
  'u',
)
const LEFT_TO_RIGHT = pattern(String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]`, 'u')
/** Full and half widths, which alone are folded in a phone number. */
const WIDE = /[\uff00-\uffef\u3000]+/g

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC')

/** Folds width, case and compatibility, and leaves out what no identifier holds (x/normalize.go canonicalizeIdentifier). */
const canonical = (value: string): string => {
  const text = value.trim()
  return isPlain(text) ? text.toLowerCase() : folded(folded(text).replaceAll(EACH_FORBIDDEN(), ''))
}

const strict = (value: string, fold: (text: string) => string): string => {
  const text = fold(value.trim())
  if (text === '') throw new PrecisError('precis: transformation resulted in empty string')
  if (RIGHT_TO_LEFT().test(text) && LEFT_TO_RIGHT().test(text)) throw new PrecisError('bidirule: failed Bidi Rule')
  if (ANY_FORBIDDEN().test(text)) throw new PrecisError('precis: disallowed rune encountered')
  return text
}

/** An address of e-mail. @throws PrecisError, MailError */
export const normalEmail = (value: string): string => mailAddress(strict(value, folded))

/** A phone number in E.164. @throws PrecisError, PhoneError */
export const normalPhone = (value: string): string => {
  const text = value.trim().replaceAll(WIDE, (wide) => wide.normalize('NFKC'))
  if (ANY_FORBIDDEN().test(text)) throw new PrecisError('precis: disallowed rune encountered')
  return e164(text)
}

/**
 * An identifier of any kind as it is stored: a phone number in E.164, all else folded
 * (x/normalize.go GracefulNormalization).
 */
export const normalText = (value: string): string => {
  const text = canonical(value)
  // Without a region in sight, only a plus makes a number.
  if (!/^\D*\+/.test(text)) return text
  try {
    return e164(text)
  } catch (error) {
    if (error instanceof PhoneError) return text
    throw error
  }
}

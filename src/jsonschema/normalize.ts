import { goTrim } from '../go/letters.ts'
import { mailAddress } from '../go/mail.ts'
import { pattern } from '../model/pattern.ts'
import { LEFT_TO_RIGHT, NEUTRAL } from './directions.ts'
import { e164, PhoneError } from './phone.ts'

/** A text that the profiles of PRECIS (RFC 8264) do not take, in the words of Go's library. */
export class PrecisError extends Error {
  override readonly name = 'PrecisError'
}

/** What no identifier holds: controls, formats, what is invisible, unassigned or no character, and old Hangul. */
const FORBIDDEN = String.raw`[\p{C}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u0640\u07fa\u1100-\u11ff\u302e\u302f\u3031-\u3035\u303b\ua960-\ua97c\ud7b0-\ud7fb\u2028\u2029]`
const ANY_FORBIDDEN = pattern(FORBIDDEN, 'u')
/** What stands in some company alone (RFC 5892, appendix A): a dot between two l, a Greek sign before a letter, Hebrew ones behind. */
const MISPLACED = pattern(
  String.raw`(?<!l)\u00b7|\u00b7(?!l)|\u0375(?!\p{Script=Greek})|(?<!\p{Script=Hebrew})[\u05f3\u05f4]|[\u200c\u200d]`,
  'u',
)
const JAPANESE = pattern(String.raw`[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]`, 'u')
/** What is left out of a text that is refused: what is forbidden, and what needs its company. */
const EACH_LEFT_OUT = pattern(String.raw`${FORBIDDEN}|[\u00b7\u0375\u05f3\u05f4\u0660-\u0669\u06f0-\u06f9]`, 'gu')
/** What stands for a direction, by blocks; the first that fits. All neutral classes are one to the rule, and blanks are in none. */
const DIRECTIONS = (
  [
    ['L', String.raw`[${LEFT_TO_RIGHT}\u200e]`],
    ['N', `[${NEUTRAL}]`],
    ['M', String.raw`[\p{Mn}\p{Me}]`],
    ['Z', String.raw`[\p{Z}\t-\r\x1c-\x1f\x85]`],
    ['E', String.raw`[0-9\u06f0-\u06f9]`],
    ['A', String.raw`[\u0660-\u0669\u066b\u066c\u{10e60}-\u{10e7e}\u{10d30}-\u{10d39}]`],
    ['N', String.raw`[\u0606\u0607\u060e\u060f\u06de\u06e9\u07f6-\u07f9\ufd3e-\ufd4f\ufdcf\ufdfd-\ufdff]`],
    ['R', String.raw`[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]`],
    ['N', String.raw`[\p{P}\p{S}\p{No}\p{Cc}\p{Cf}]`],
  ] as const
).map(([direction, source]) => [direction, pattern(source, 'u')] as const)
const RULE = /^(?:L(?:[LEMN]*[LE])?|R(?:[RAEMN]*[RAE])?)M*$/

const directionOf = (char: string): string => DIRECTIONS.find(([, of]) => of().test(char))?.[0] ?? 'L'

/** The Bidi Rule of RFC 5893, which Go's library asks of no text in ASCII. */
const keepsBidiRule = (text: string): boolean => {
  const directions = Array.from(text, directionOf).join('')
  return RULE.test(directions) && !/A.*E|E.*A/.test(directions)
}

/** Full and half widths, which alone are folded in a phone number. */
const WIDE = /[\uff00-\uffef\u3000]+/g

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

const narrow = (text: string): string => text.replaceAll(WIDE, (wide) => wide.normalize('NFKC'))

/** In this order; a sigma at the end of a word is none of its own. */
const folded = (text: string): string => narrow(text).replaceAll('Σ', 'σ').toLowerCase().normalize('NFKC')

/** Where a text first has what an expression finds. */
const placeOf = (text: string, found: RegExp): number => {
  const at = text.search(found)
  return at < 0 ? Infinity : at
}

/** Where a character lacks the company that it needs: digits of both Arabic kinds do not go together. */
const misplacedIn = (text: string): number =>
  Math.min(placeOf(text, MISPLACED()), Math.max(placeOf(text, /[\u0660-\u0669]/), placeOf(text, /[\u06f0-\u06f9]/)))

/** Why a text that was folded is refused (x/text/secure/precis enforce). */
const refusalOf = (value: string, text: string): string | undefined => {
  if (text === '') return 'precis: transformation resulted in empty string'
  if (!/^[\0-\x7f]*$/.test(value) && !keepsBidiRule(text)) return 'bidirule: failed Bidi Rule'
  const forbidden = placeOf(text, ANY_FORBIDDEN())
  const misplaced = misplacedIn(text)
  if (misplaced < Infinity && misplaced <= forbidden) return 'precis: contextual rule violated'
  if (forbidden < Infinity) return 'precis: disallowed rune encountered'
  // A middle dot of Japanese is told at the end, when none came.
  return text.includes('\u30fb') && !JAPANESE().test(text) ? 'precis: contextual rule violated' : undefined
}

/** Folds width, case and compatibility, and leaves out what must not stand there where something is refused (x/normalize.go canonicalizeIdentifier). */
const canonical = (value: string): string => {
  const given = goTrim(value)
  if (isPlain(given)) return given.toLowerCase()
  const text = folded(given)
  if (refusalOf(given, text) === undefined) return text
  return given.normalize('NFKC').replaceAll(EACH_LEFT_OUT(), '').toLowerCase()
}

/** An address of e-mail. @throws PrecisError, MailError */
export const normalEmail = (value: string): string => {
  const given = goTrim(value)
  const text = folded(given)
  const refusal = refusalOf(given, text)
  if (refusal !== undefined) throw new PrecisError(refusal)
  return mailAddress(text)
}

/** A phone number in E.164. @throws PrecisError, PhoneError */
export const normalPhone = (value: string): string => {
  const text = narrow(goTrim(value))
  if (ANY_FORBIDDEN().test(text)) throw new PrecisError('precis: disallowed rune encountered')
  return e164(text)
}

/**
 * An identifier of any kind as it is stored: a phone number in E.164, all else folded
 * (x/normalize.go GracefulNormalization).
 */
export const normalText = (value: string): string => {
  // Twice, as it is stored: what is left out may leave a space at an end.
  const text = canonical(canonical(value))
  // Without a region in sight, only a plus makes a number.
  if (!/^\D*\+/.test(text)) return text
  try {
    return e164(text)
  } catch (error) {
    if (error instanceof PhoneError) return text
    throw error
  }
}

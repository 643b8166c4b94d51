/**
 * Phone numbers without the numbering plan of each country, which Kratos takes from libphonenumber: `+`, a
 * country's code and a subscriber's number of plausible length, with the usual signs between the digits.
 */
const SHAPE = /^[\s(]*\+[\s\d()./-]+$/

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')

export const isPhoneNumber = (text: string): boolean => SHAPE.test(text) && /^[1-9]\d{6,14}$/.test(digitsOf(text))

/** E.164: `+` and digits alone. */
export const e164 = (text: string): string => `+${digitsOf(text)}`

/** What libphonenumber says of a text that is no number it can place. */
export const phoneProblem = (text: string): string => {
  if (!/\d.*\d/s.test(text) || /[A-Za-z]{2}/.test(text)) return 'the phone number supplied is not a number'
  return text.trim().startsWith('+') ? 'the provided number is not a valid phone number' : 'invalid country code'
}

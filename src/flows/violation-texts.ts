import { bytesOf, quote, unquoted } from '../go/bytes.ts'
import type { UiText } from '../model/flow.ts'
import { ownMember } from '../model/json.ts'
import { error, generic, invalidEmail } from './texts.ts'

/** What a message about a number says of it: its limit and what was found, by the names of Go's map. */
type Numbers = readonly [id: number, pattern: RegExp, ...names: readonly string[]]

/** How a violation of a JSON Schema's word is told whose message holds nothing but numbers. */
const NUMBERS: Readonly<Record<string, Numbers>> = {
  minLength: [4000003, /^length must be >= (\d+), but got (\d+)$/, 'min_length', 'actual_length'],
  maxLength: [4000017, /^length must be <= (\d+), but got (\d+)$/, 'max_length', 'actual_length'],
  minimum: [4000018, /^must be >= (\S+) but found (\S+)$/, 'minimum', 'actual'],
  exclusiveMinimum: [4000019, /^must be > (\S+) but found (\S+)$/, 'minimum', 'actual'],
  maximum: [4000020, /^must be <= (\S+) but found (\S+)$/, 'maximum', 'actual'],
  exclusiveMaximum: [4000021, /^must be < (\S+) but found (\S+)$/, 'maximum', 'actual'],
  multipleOf: [4000022, /^(\S+) not multipleOf (\S+)$/, 'actual', 'base'],
  maxItems: [4000023, /^maximum (\d+) items allowed, but found (\d+) items$/, 'max_items', 'actual_items'],
  minItems: [4000024, /^minimum (\d+) items allowed, but found (\d+) items$/, 'min_items', 'actual_items'],
  uniqueItems: [4000025, /^items at index (\d+) and (\d+) are equal$/, 'index_a', 'index_b'],
}

/** The same of the other words. */
const TOLD: Readonly<Record<string, readonly [pattern: RegExp, tell: (m: readonly string[]) => UiText]>> = {
  pattern: [
    /^does not match pattern "(.*)"$/,
    ([, source]) => {
      const pattern = unquoted(source!)
      return error(4000004, `does not match pattern ${quote(bytesOf(pattern))}`, { pattern })
    },
  ],
  type: [
    /^expected (.*), but got (.*)$/,
    ([text, allowed, got]) => error(4000026, text!, { actual_type: got, allowed_types: allowed!.split(' or ') }),
  ],
  const: [
    /^value must be (.*)$/,
    ([, expected]) => error(4000029, `must be equal to constant ${expected}`, { expected }),
  ],
}

const numbersTold = ([id, pattern, ...names]: Numbers, message: string): UiText | undefined => {
  const found = pattern.exec(message)?.slice(1)
  const sorted = names.toSorted((a, b) => (a < b ? -1 : 1))
  return (
    found && error(id, message, Object.fromEntries(sorted.map((name) => [name, Number(found[names.indexOf(name)])])))
  )
}

/** What a form says of a violation (ui/container/container.go translateValidationError). */
export const violationMessage = (word: string, message: string, knowsFormats: boolean): UiText => {
  const numbers = ownMember(NUMBERS, word)
  const counted = numbers && numbersTold(numbers, message)
  if (counted !== undefined) return counted
  const told = ownMember(TOLD, word)
  const match = told?.[0].exec(message)
  if (match) return told![1](match)
  if (word === 'const') return error(4000030, 'const failed')
  const format = word === 'format' && knowsFormats ? /^"([^"]+)"\s+is not valid\s+"([^"]+)"/.exec(message) : null
  if (format?.[2] === 'email') return invalidEmail(format[1]!)
  if (format?.[2] === 'tel') return error(4000041, 'Enter a valid phone number', { value: format[1]! })
  return generic(message)
}

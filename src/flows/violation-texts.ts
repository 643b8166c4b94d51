import { bytesOf, quote } from '../go/bytes.ts'
import type { UiText } from '../model/flow.ts'
import { error, generic, invalidEmail } from './texts.ts'

/** How a violation of a JSON Schema's word is told: what its message says, as numbers again. */
const TOLD: Readonly<Record<string, readonly [pattern: RegExp, tell: (m: readonly string[]) => UiText]>> = {
  minLength: [
    /^length must be >= (\d+), but got (\d+)$/,
    ([text, min, got]) => error(4000003, text!, { actual_length: Number(got), min_length: Number(min) }),
  ],
  maxLength: [
    /^length must be <= (\d+), but got (\d+)$/,
    ([text, max, got]) => error(4000017, text!, { actual_length: Number(got), max_length: Number(max) }),
  ],
  pattern: [
    /^does not match pattern "(.*)"$/,
    ([, source]) => {
      const pattern = JSON.parse(`"${source}"`) as string
      return error(4000004, `does not match pattern ${quote(bytesOf(pattern))}`, { pattern })
    },
  ],
  minimum: [
    /^must be >= (\S+) but found (\S+)$/,
    ([text, limit, got]) => error(4000018, text!, { actual: Number(got), minimum: Number(limit) }),
  ],
  exclusiveMinimum: [
    /^must be > (\S+) but found (\S+)$/,
    ([text, limit, got]) => error(4000019, text!, { actual: Number(got), minimum: Number(limit) }),
  ],
  maximum: [
    /^must be <= (\S+) but found (\S+)$/,
    ([text, limit, got]) => error(4000020, text!, { actual: Number(got), maximum: Number(limit) }),
  ],
  exclusiveMaximum: [
    /^must be < (\S+) but found (\S+)$/,
    ([text, limit, got]) => error(4000021, text!, { actual: Number(got), maximum: Number(limit) }),
  ],
  multipleOf: [
    /^(\S+) not multipleOf (\S+)$/,
    ([text, got, base]) => error(4000022, text!, { actual: Number(got), base: Number(base) }),
  ],
  maxItems: [
    /^maximum (\d+) items allowed, but found (\d+) items$/,
    ([text, max, got]) => error(4000023, text!, { actual_items: Number(got), max_items: Number(max) }),
  ],
  minItems: [
    /^minimum (\d+) items allowed, but found (\d+) items$/,
    ([text, min, got]) => error(4000024, text!, { actual_items: Number(got), min_items: Number(min) }),
  ],
  uniqueItems: [
    /^items at index (\d+) and (\d+) are equal$/,
    ([text, a, b]) => error(4000025, text!, { index_a: Number(a), index_b: Number(b) }),
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

/** What a form says of a violation (ui/container/container.go translateValidationError). */
export const violationMessage = (word: string, message: string, knowsFormats: boolean): UiText => {
  const told = TOLD[word]
  const match = told?.[0].exec(message)
  if (match) return told![1](match)
  if (word === 'const') return error(4000030, 'const failed')
  const format = word === 'format' && knowsFormats ? /^"([^"]+)"\s+is not valid\s+"([^"]+)"/.exec(message) : null
  if (format?.[2] === 'email') return invalidEmail(format[1]!)
  if (format?.[2] === 'tel') return error(4000041, 'Enter a valid phone number', { value: format[1]! })
  return generic(message)
}

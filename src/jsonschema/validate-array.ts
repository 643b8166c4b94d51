import type { JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema } from './compiled-schema.ts'
import { equalKey } from './equal.ts'
import { violation, within, type Violation } from './violation.ts'

/** Of items that are equal every two are told; of very many, as many as a text can hold. */
const MOST_PAIRS = 100_000

const repeatedViolations = (items: readonly JsonNode[], found: Violation[]): void => {
  const most = found.length + MOST_PAIRS
  const places = new Map<string, number[]>()
  for (const [i, item] of items.entries()) {
    const key = equalKey(item)
    const before = places.get(key)
    if (before === undefined) {
      places.set(key, [i])
      continue
    }
    for (const j of before) {
      if (found.length === most) return
      found.push(violation('uniqueItems', `items at index ${j} and ${i} are equal`))
    }
    before.push(i)
  }
}

const itemViolations = (schema: CompiledSchema, items: readonly JsonNode[], apply: Apply, found: Violation[]): void => {
  const { tuple, additionalItems } = schema
  if (tuple !== undefined && additionalItems === false && items.length > tuple.length) {
    found.push(violation('additionalItems', `only ${tuple.length} items are allowed, but found ${items.length} items`))
  }
  for (const [n, item] of items.entries()) {
    const [by, place] =
      tuple === undefined
        ? [schema.items, 'items']
        : n < tuple.length
          ? [tuple[n], `items/${n}`]
          : [additionalItems || undefined, 'additionalItems']
    if (by === undefined) break
    const error = apply(by, item)
    if (error !== undefined) found.push(within(error, String(n), place))
  }
}

const containsViolation = (
  { contains }: CompiledSchema,
  items: readonly JsonNode[],
  apply: Apply,
  found: Violation[],
): void => {
  if (contains === undefined) return
  const causes: Violation[] = []
  for (const [n, item] of items.entries()) {
    const error = apply(contains, item)
    if (error === undefined) return
    causes.push(within(error, String(n), ''))
  }
  found.push(violation('contains', 'contains failed', causes))
}

/** What an array does wrong, behind what was found before. */
export const arrayViolations = (
  schema: CompiledSchema,
  items: readonly JsonNode[],
  apply: Apply,
  found: Violation[],
): void => {
  const { minItems, maxItems } = schema
  if (minItems !== undefined && items.length < minItems) {
    found.push(violation('minItems', `minimum ${minItems} items allowed, but found ${items.length} items`))
  }
  if (maxItems !== undefined && items.length > maxItems) {
    found.push(violation('maxItems', `maximum ${maxItems} items allowed, but found ${items.length} items`))
  }
  if (schema.uniqueItems) repeatedViolations(items, found)
  itemViolations(schema, items, apply, found)
  containsViolation(schema, items, apply, found)
}

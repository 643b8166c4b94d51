import type { JsonNode } from '../go/json-parse.ts'
import type { Apply, CompiledSchema } from './compiled-schema.ts'
import { isEqual } from './equal.ts'
import { causedBy, violation, within, type Violation } from './violation.ts'

const repeated = (items: readonly JsonNode[]): Violation[] =>
  items.flatMap((item, i) =>
    items
      .slice(0, i)
      .flatMap((other, j) =>
        isEqual(item, other) ? [violation('uniqueItems', `items at index ${j} and ${i} are equal`)] : [],
      ),
  )

const itemViolations = (schema: CompiledSchema, items: readonly JsonNode[], apply: Apply): Violation[] => {
  const { tuple, additionalItems } = schema
  const found: Violation[] = []
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
  return found
}

const containsViolation = ({ contains }: CompiledSchema, items: readonly JsonNode[], apply: Apply): Violation[] => {
  if (contains === undefined) return []
  const causes: Violation[] = []
  for (const [n, item] of items.entries()) {
    const error = apply(contains, item)
    if (error === undefined) return []
    causes.push(within(error, String(n), ''))
  }
  return [causedBy(violation('contains', 'contains failed'), causes)]
}

export const arrayViolations = (schema: CompiledSchema, items: readonly JsonNode[], apply: Apply): Violation[] => {
  const found: Violation[] = []
  const { minItems, maxItems } = schema
  if (minItems !== undefined && items.length < minItems) {
    found.push(violation('minItems', `minimum ${minItems} items allowed, but found ${items.length} items`))
  }
  if (maxItems !== undefined && items.length > maxItems) {
    found.push(violation('maxItems', `maximum ${maxItems} items allowed, but found ${items.length} items`))
  }
  if (schema.uniqueItems) found.push(...repeated(items))
  return [...found, ...itemViolations(schema, items, apply), ...containsViolation(schema, items, apply)]
}

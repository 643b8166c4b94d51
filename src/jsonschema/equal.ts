import type { JsonNode } from '../go/json-parse.ts'
import { bigFloat, compareBigFloats } from '../go/big-float.ts'

const lastMembers = ({ members }: Extract<JsonNode, { kind: 'object' }>): ReadonlyMap<string, JsonNode> =>
  new Map(members.map(({ key, value }) => [key, value]))

/** Whether two values are equal as JSON: numbers by what they are, objects by their last members of each name. */
export const isEqual = (a: JsonNode, b: JsonNode): boolean => {
  if (a.kind === 'string' && b.kind === 'string') return a.text === b.text
  if (a.kind === 'number' && b.kind === 'number')
    return a.raw === b.raw || compareBigFloats(bigFloat(a.raw), bigFloat(b.raw)) === 0
  if (a.kind === 'array' && b.kind === 'array') {
    return a.items.length === b.items.length && a.items.every((item, n) => isEqual(item, b.items[n]!))
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const [x, y] = [lastMembers(a), lastMembers(b)]
    return x.size === y.size && [...x].every(([key, value]) => y.has(key) && isEqual(value, y.get(key)!))
  }
  return a.kind === b.kind && a.raw === b.raw
}

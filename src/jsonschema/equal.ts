import { membersByKey, type JsonNode } from '../go/json-parse.ts'
import { bigFloatKey } from '../go/big-float.ts'

/** A text that values have in common which are equal as JSON: numbers by what they are, objects by their last members of each name. */
export const equalKey = (node: JsonNode): string => {
  if (node.kind === 'string') return JSON.stringify(node.text)
  if (node.kind === 'number') return bigFloatKey(node.raw)
  if (node.kind === 'array') return `[${node.items.map(equalKey).join()}]`
  if (node.kind !== 'object') return node.raw
  const members = Array.from(membersByKey(node), ([key, value]) => `${JSON.stringify(key)}:${equalKey(value)}`)
  return `{${members.sort().join()}}`
}

/** Whether two values are equal as JSON. */
export const isEqual = (a: JsonNode, b: JsonNode): boolean => a.kind === b.kind && equalKey(a) === equalKey(b)

import { membersByKey, type JsonNode } from '../go/json-parse.ts'
import { bigFloatKey } from '../go/big-float.ts'

/** An array or an object whose text is being made. */
interface Open {
  readonly isArray: boolean
  readonly parts: string[]
  readonly rest: Iterator<readonly [name: string, value: JsonNode]>
}

const opened = (node: Extract<JsonNode, { kind: 'array' | 'object' }>): Open => {
  const inside =
    node.kind === 'array'
      ? node.items.map((item) => ['', item] as const)
      : Array.from(membersByKey(node), ([name, value]) => [`${JSON.stringify(name)}:`, value] as const)
  return { isArray: node.kind === 'array', parts: [], rest: inside.values() }
}

const closed = ({ isArray, parts }: Open): string => (isArray ? `[${parts.join()}]` : `{${parts.sort().join()}}`)

/**
 * A text that values have in common which are equal as JSON: numbers by what they are, objects by their last members
 * of each name. Without recursion: values may stand in one another as deep as Go reads them.
 */
export const equalKey = (node: JsonNode): string => {
  if (node.kind === 'string') return JSON.stringify(node.text)
  if (node.kind === 'number') return bigFloatKey(node.raw)
  if (node.kind !== 'array' && node.kind !== 'object') return node.raw
  const open = [opened(node)]
  for (;;) {
    const top = open.at(-1)!
    const next = top.rest.next()
    if (next.done === true) {
      open.pop()
      const text = closed(top)
      const above = open.at(-1)
      if (above === undefined) return text
      above.parts[above.parts.length - 1] += text
      continue
    }
    const [name, value] = next.value
    const isOpen = value.kind === 'array' || value.kind === 'object'
    top.parts.push(isOpen ? name : `${name}${equalKey(value)}`)
    if (isOpen) open.push(opened(value))
  }
}

/** Whether two values are equal as JSON. */
export const isEqual = (a: JsonNode, b: JsonNode): boolean => a.kind === b.kind && equalKey(a) === equalKey(b)

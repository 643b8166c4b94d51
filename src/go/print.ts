import { bytesOf, quote } from './bytes.ts'
import type { JsonNode } from './json-parse.ts'

/** How Go's fmt prints a decoded JSON value with `%q` or `%s`, which are meant for strings. */
export const goPrint = (node: JsonNode, verb: 'q' | 's', isInside = false): string => {
  const print = (text: string): string => (verb === 'q' ? quote(bytesOf(text)) : text)
  switch (node.kind) {
    case 'string':
      return print(node.text)
    case 'number':
      return print(node.raw)
    case 'bool':
      return `%!${verb}(bool=${node.raw})`
    case 'null':
      return isInside ? '<nil>' : `%!${verb}(<nil>)`
    case 'array':
      return `[${node.items.map((item) => goPrint(item, verb, true)).join(' ')}]`
    case 'object': {
      const last = new Map(node.members.map(({ key, value }) => [key, value]))
      const sorted = [...last].toSorted(([a], [b]) => (bytesOf(a) < bytesOf(b) ? -1 : 1))
      return `map[${sorted.map(([key, value]) => `${print(key)}:${goPrint(value, verb, true)}`).join(' ')}]`
    }
  }
}

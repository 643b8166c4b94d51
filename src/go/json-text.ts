import { escapeHtml } from '../model/json.ts'
import type { JsonNode } from './json-parse.ts'
import type { JsonText } from '../model/identity.ts'

/** JSON text without whitespace between its tokens, everything else spelled as it was (encoding/json Compact). */
export const compact = (json: JsonText): JsonText => {
  if (!/[ \t\r\n]/.test(json)) return json
  let out = ''
  let kept = 0
  for (let at = 0; at < json.length; at++) {
    const char = json[at]!
    if (char === '"') {
      for (at++; json[at] !== '"'; at++) if (json[at] === '\\') at++
    } else if (char <= ' ') {
      out += json.slice(kept, at)
      kept = at + 1
    }
  }
  return out + json.slice(kept)
}

/** A member of an object by its key; the last one counts. */
export const memberOf = (node: JsonNode, key: string): JsonNode | undefined =>
  node.kind === 'object' ? node.members.findLast((member) => member.key === key)?.value : undefined

/** Go's encoder: a string as JSON, HTML-safe. */
export const goString = (text: string): JsonText => escapeHtml(JSON.stringify(text))

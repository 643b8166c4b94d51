import type * as yaml from 'yaml'
import type { Document, Node } from 'yaml'

/**
 * Leads each alias of a document to its anchor, once: the parser's own look-up goes through the document for each of
 * them. @returns the first key that its map has twice, which the parser would look for in the same way.
 */
export const settle = (
  { isAlias, isMap, isNode, isScalar, visit }: typeof yaml,
  document: Document.Parsed,
): Node | undefined => {
  const anchors = new Map<string, Node>()
  let repeated: Node | undefined
  visit(document, (_key, node) => {
    if (!isNode(node)) return
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      const known = (target === undefined ? [] : [target]) as Node[]
      const own = node.resolve.bind(node)
      // It counts, too, how often each is used.
      node.resolve = (doc, context) =>
        context === undefined
          ? (target as ReturnType<typeof own>)
          : own(doc, { ...context, aliasResolveCache: known } as typeof context)
      return
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
    if (!isMap(node) || repeated !== undefined) return
    const keys = new Set<unknown>()
    for (const { key } of node.items) {
      if (!isScalar(key) || key.source === '<<') continue
      if (keys.has(key.value)) repeated ??= key
      keys.add(key.value)
    }
  })
  return repeated
}

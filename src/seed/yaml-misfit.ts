import type * as yaml from 'yaml'
import type { Document, Node } from 'yaml'

type Yaml = typeof yaml

/** What a merge takes in: a map, or one by its alias. */
const mergedBy = ({ isSeq }: Yaml, value: unknown): readonly unknown[] => (isSeq(value) ? value.items : [value])

/**
 * The node at which a document that was parsed cannot be made a value: an alias of nothing before it, or one too many,
 * or what is merged and no map.
 * @param make makes a value of it.
 */
export const misfitOf = (library: Yaml, document: Document.Parsed, make: () => unknown): Node | undefined => {
  const { isAlias, isMap, isNode, isScalar, visit } = library
  let found: Node | undefined
  let unmerged: Node | undefined
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.source !== '<<') return
      const wrong = mergedBy(library, value).find((one) => !isMap(isAlias(one) ? one.resolve(document) : one))
      if (isNode(wrong)) unmerged ??= wrong
    },
    Alias: (_key, alias) => {
      const own = alias.resolve.bind(alias)
      alias.resolve = (...args) => {
        try {
          const node = own(...args)
          if (node === undefined) found ??= alias
          return node
        } catch (error) {
          found ??= alias
          throw error
        }
      }
    },
  })
  try {
    make()
  } catch {
    return found ?? unmerged
  }
  return undefined
}

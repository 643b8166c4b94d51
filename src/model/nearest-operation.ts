import type { Kind } from './kinds.ts'
import { nearest } from './nearest.ts'
import { operationIds, operations, type Operation, type OperationId } from './operations.ts'

/** Shorter words of a path must be met as they are. */
const LONG = 6

const isParameter = (segment: string): boolean => segment.startsWith('{')

/** The last word of a path. */
const lastWord = ({ path }: Operation): string => path.split('/').findLast((segment) => !isParameter(segment)) ?? ''

/** By the last words of their paths; the first of the reference where several share one. */
const byWord: ReadonlyMap<string, Operation> = new Map(
  operations.map((one) => [lastWord(one), one] as const).toReversed(),
)

const longWords: readonly string[] = [...byWord.keys()].filter((word) => word.length >= LONG)

/** The operation whose path ends with a word, or with one like it. */
const endingWith = (word: string): Operation | undefined =>
  byWord.get(word.toLowerCase()) ?? byWord.get(nearest(word, longWords) ?? '')

/** The operation that is meant by a name that is none: by its id, or by a word of its path, as `whoami` or `getWhoami`. */
const nearestOperation = (wrong: string): OperationId | undefined => {
  const id = nearest(wrong, operationIds)
  if (id !== undefined) return operationIds.find((one) => one === id)
  const last =
    wrong
      .slice(0, 256)
      .match(/[A-Z]?[a-z]+/g)
      ?.at(-1) ?? ''
  return (endingWith(wrong) ?? endingWith(last))?.id
}

/** An operation by its id. */
export const operationId: Kind<OperationId> = {
  schema: { enum: operationIds },
  read: (reader, value, at) =>
    operationIds.find((id) => id === value) ??
    reader.tell(at, () =>
      reader.voice.word(value, operationIds, typeof value === 'string' ? nearestOperation(value) : undefined),
    ),
}

/** A path with the parameters of one that has as many segments and like words. */
const respelled = (segments: readonly string[], { path }: Operation): string | undefined => {
  const known = path.split('/')
  if (known.length !== segments.length) return undefined
  const like = known.map((word, n) => (isParameter(word) ? segments[n]! : nearest(segments[n]!, [word])))
  return like.includes(undefined) ? undefined : like.join('/')
}

/** The path that is meant by one that nobody has: one of like words, or one that ends with the same. */
export const nearestPath = (wrong: string): string | undefined => {
  const segments = wrong.split('/', 16)
  const alike = operations.flatMap((one) => respelled(segments, one) ?? [])
  // It is an operation's, which this server has not.
  if (alike.includes(wrong)) return undefined
  return nearest(wrong, alike) ?? alike[0] ?? endingWith(segments.at(-1)!)?.path
}

import { decodeGo, goText } from '../go/json-decode.ts'
import { GoJsonError, type JsonNode } from '../go/json-parse.ts'
import { compact } from '../go/json-scan.ts'
import type { JsonText } from '../model/identity.ts'
import { escapeHtml, goString } from '../model/json.ts'

/** One operation of a JSON Patch (RFC 6902), its members as they were sent. */
export type Operation = ReadonlyMap<string, JsonNode>

/** What `null` in place of an operation is read as. */
const NONE: Operation = new Map()

export interface PatchOptions {
  /** Whether each operation is looked at before any is applied, as evanphx/json-patch does from 5.9 on. */
  readonly checkedFirst: boolean
  /** Whether a path may not be patched. */
  readonly denies: (path: string) => boolean
}

const text = goText()

export const kindOf = (operation: Operation): string => {
  const op = operation.get('op')
  return op?.kind === 'string' ? op.text : 'unknown'
}

export const pathOf = (operation: Operation): string => {
  const path = operation.get('path')
  if (path === undefined || path.kind === 'null') throw new GoJsonError('operation missing path field: missing value')
  return decodeGo(text, path)
}

const fromOf = (operation: Operation): string => {
  const from = operation.get('from')
  if (from === undefined || from.kind === 'null') throw new GoJsonError('operation, missing from field: missing value')
  return decodeGo(text, from)
}

const operationsOf = (patch: JsonNode): Operation[] => {
  if (patch.kind === 'null') return []
  if (patch.kind !== 'array')
    throw new GoJsonError(`json: cannot unmarshal ${patch.kind} into Go value of type jsonpatch.Patch`)
  return patch.items.map((item) => {
    if (item.kind === 'object') return new Map(item.members.map(({ key, value }) => [key, value]))
    if (item.kind === 'null') return NONE
    throw new GoJsonError(`json: cannot unmarshal ${item.kind} into Go value of type jsonpatch.Operation`)
  })
}

const operationJson = (operation: Operation): JsonText => {
  if (operation === NONE) return 'null'
  const sorted = [...operation].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, { raw }]) => `${goString(key)}:${escapeHtml(compact(raw))}`).join(',')}}`
}

const undecoded = (member: string, decode: () => unknown): string | undefined => {
  try {
    decode()
    return undefined
  } catch (error) {
    if (error instanceof GoJsonError) return `failed to decode '${member}': ${error.message}`
    throw error
  }
}

/** What json-patch says of an operation that it cannot make sense of. */
const problemOf = (operation: Operation): string | undefined => {
  const kind = kindOf(operation)
  if (!['add', 'replace', 'move', 'copy', 'remove', 'test'].includes(kind)) return 'unsupported operation'
  if ((kind === 'add' || kind === 'replace') && !operation.has('value')) {
    return "failed to decode 'value': operation, missing value field: missing value"
  }
  const fromProblem = kind === 'move' || kind === 'copy' ? undecoded('from', () => fromOf(operation)) : undefined
  return fromProblem ?? undecoded('path', () => pathOf(operation))
}

/** Reads a JSON Patch: adding, removing and replacing alone, and nothing of what is denied. @throws GoJsonError */
export const readPatch = (patch: JsonNode, { checkedFirst, denies }: PatchOptions): readonly Operation[] => {
  const operations = operationsOf(patch)
  for (const operation of checkedFirst ? operations : []) {
    const problem = problemOf(operation)
    if (problem !== undefined) throw new GoJsonError(`invalid operation ${operationJson(operation)}: ${problem}`)
  }
  for (const operation of operations) {
    const kind = kindOf(operation)
    if (!['add', 'remove', 'replace'].includes(kind)) throw new GoJsonError(`unsupported operation: ${kind}`)
    let path: string
    try {
      path = pathOf(operation)
    } catch (error) {
      throw error instanceof GoJsonError ? new GoJsonError(`error parsing patch operations: ${error.message}`) : error
    }
    if (denies(path)) throw new GoJsonError(`patch includes denied path: ${path}`)
  }
  return operations
}

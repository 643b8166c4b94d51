import type { JsonNode } from '../go/json-parse.ts'
import { compact } from '../go/json-scan.ts'
import { parseBool, plainFloat } from '../go/number.ts'
import type { JsonText } from '../model/identity.ts'
import { PlainError } from './problems.ts'
import type { TraitFields } from './trait-fields.ts'

/** Traits in the making: leaves are JSON as it was spelled. */
type Tree = Map<string, Tree | JsonText>

/** Without recursion, as what follows: objects may stand in one another as deep as Go reads them. */
const treeOf = (node: JsonNode | undefined): Tree => {
  const root: Tree = new Map()
  const rest: [JsonNode | undefined, Tree][] = [[node, root]]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const [from, to] = next
    for (const { key, value } of from?.kind === 'object' ? from.members : []) {
      const inner: Tree | JsonText = value.kind === 'object' ? new Map() : compact(value.raw)
      to.set(key, inner)
      if (inner instanceof Map) rest.push([value, inner])
    }
  }
  return root
}

const partsOf = (path: string): string[] => path.split('.').slice(1)

const at = (tree: Tree, path: string): Tree | JsonText | undefined => {
  let found: Tree | JsonText | undefined = tree
  for (const part of partsOf(path)) found = found instanceof Map ? found.get(part) : undefined
  return found
}

const place = (tree: Tree, path: string, value: Tree | JsonText | undefined): void => {
  if (value === undefined) return
  const parts = partsOf(path)
  const last = parts.pop()
  if (last === undefined) return
  let inside = tree
  for (const part of parts) {
    const there = inside.get(part)
    const next: Tree = there instanceof Map ? there : new Map()
    inside.set(part, next)
    inside = next
  }
  inside.set(last, value)
}

const written = (tree: Tree): JsonText => {
  let out = '{'
  let mark = ''
  const open = [tree.entries()]
  for (let inside = open.at(-1); inside !== undefined; inside = open.at(-1)) {
    const { done, value: member } = inside.next()
    if (done === true) {
      out += '}'
      mark = ','
      open.pop()
      continue
    }
    const [key, value] = member
    const isText = typeof value === 'string'
    out += `${mark}${JSON.stringify(key)}:${isText ? value : '{'}`
    mark = isText ? ',' : ''
    if (!isText) open.push(value.entries())
  }
  return out
}

/** A field's text as the type that its schema wants; what is empty is left out unless it has to be there. */
const spelled = (text: string, kind: string, required: boolean): JsonText | undefined => {
  if (text === '' && (kind === 'text' || !required)) return undefined
  if (kind === 'number') {
    const number = text === '' ? 0 : Number(text)
    return Number.isFinite(number) && text.trim() === text ? plainFloat(number) : JSON.stringify(text)
  }
  const flag = text === '' ? false : parseBool(text)
  if (kind === 'checkbox' && flag !== undefined) return String(flag)
  if (kind === 'list') return JSON.stringify([text])
  return JSON.stringify(text)
}

/**
 * Traits as a form sent them, an object, parts of it and fields of their own; every object of the schema is there
 * (decodeURLValues).
 * @param parsed what a field holds as JSON.
 * @throws PlainError
 */
export const submittedTraits = (
  parsed: (name: string) => JsonNode | undefined,
  values: ReadonlyMap<string, string>,
  { fields, objects }: TraitFields,
): JsonText => {
  const sent = parsed('traits')
  // Kratos puts the empty objects of a schema into what was sent, which makes an object of all but an array.
  const nested = objects.find((path) => path !== 'traits')
  if (sent?.kind === 'array' && nested !== undefined)
    throw new PlainError(`cannot set array element for non-numeric key '${partsOf(nested)[0]}'`)
  if (sent !== undefined && sent.kind !== 'object' && nested === undefined) return compact(sent.raw)
  const tree = treeOf(sent)
  for (const path of objects) {
    const part = path === 'traits' ? undefined : parsed(path)
    if (part !== undefined) place(tree, path, part.kind === 'object' ? treeOf(part) : compact(part.raw))
  }
  for (const { path, kind, required } of fields) {
    const text = values.get(path)
    if (text !== undefined) place(tree, path, spelled(text, kind, required))
  }
  for (const path of objects) if (at(tree, path) === undefined) place(tree, path, new Map())
  return written(tree)
}

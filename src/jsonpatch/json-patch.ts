import { DroppedConnection } from '../model/errors.ts'
import { GoJsonError, parseWhole, type JsonNode } from '../go/json-parse.ts'
import { parseIndex } from '../go/number.ts'
import type { JsonText } from '../model/identity.ts'
import { PatchArray, PatchObject, PatchText, type PatchContainer, type PatchNode } from './patch-document.ts'
import { kindOf, pathOf, readPatch, type Operation, type PatchOptions } from './patch-operations.ts'

const NULL: JsonNode = { kind: 'null', raw: 'null' }

const valueOf = (operation: Operation): PatchText => {
  const value = operation.get('value')
  return new PatchText(value ?? NULL, value === undefined)
}

const keyOf = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** Kratos 1.3 does not survive a way through a `null` that the patch itself set. */
const surviving = (node: PatchNode, checkedFirst: boolean): PatchNode => {
  if (!checkedFirst && node instanceof PatchText && !node.isNil && node.node.kind === 'null')
    throw new DroppedConnection('close')
  return node
}

/** A container in place of its text, so that changes below it stay; undefined for what holds nothing. */
const opened = (holder: PatchContainer, key: string, node: PatchNode): PatchContainer | undefined => {
  if (!(node instanceof PatchText)) return node
  const made =
    node.node.kind === 'array'
      ? new PatchArray(node.node)
      : node.node.kind === 'object'
        ? new PatchObject(node.node)
        : undefined
  if (made === undefined) return undefined
  if (node === holder.copy) holder.copy = made
  else holder.set(key, made)
  return made
}

const childOf = (holder: PatchContainer, key: string, checkedFirst: boolean): PatchNode | undefined => {
  if (key === '' && checkedFirst) return holder.copy
  if (!holder.has(key)) return undefined
  const child = holder.get(key)!
  return child instanceof PatchText && child.isNil ? undefined : child
}

/** The library adds it by the part as it is escaped, so that it need not find it by its key, and asks for no error. */
const addOrNot = (holder: PatchContainer, part: string, made: PatchContainer): void => {
  if (holder instanceof PatchArray && holder.has(part)) return holder.set(part, made)
  if (!holder.takes(part)) return undefined
  return holder.add(part, made)
}

/** Makes what is missing on the way to a path: an array where a number follows, else an object. */
const ensurePath = (root: PatchContainer, parts: readonly string[], checkedFirst: boolean): void => {
  let holder = root
  for (const [n, part] of parts.slice(0, -1).entries()) {
    const key = keyOf(part)
    const child = childOf(holder, key, checkedFirst)
    if (child !== undefined) {
      const next = opened(holder, key, surviving(child, checkedFirst))
      if (next === undefined)
        throw new GoJsonError(checkedFirst ? 'invalid state detected' : notObject((child as PatchText).node))
      holder = next
      continue
    }
    const following = parts[n + 1]!
    const number = parseIndex(following)
    const index = typeof number === 'number' ? number : 0
    if (index < -1) {
      throw new GoJsonError(
        `Unable to ensure path for negative index other than -1: ${index}: invalid index referenced`,
      )
    }
    const made: PatchContainer = typeof number === 'number' || following === '-' ? new PatchArray() : new PatchObject()
    if (holder instanceof PatchArray && /^\d+$/.test(part))
      while (holder.items.length < Number(part)) holder.add('-', new PatchText(NULL))
    addOrNot(holder, part, made)
    if (made instanceof PatchArray)
      for (let i = 0; i < Math.min(index, MOST_PADDING); i++) made.add('-', new PatchText(NULL))
    holder = made
  }
}

/** Nobody asks for more nulls than these before an item. */
const MOST_PADDING = 100_000

const find = (
  root: PatchContainer,
  path: string,
  checkedFirst: boolean,
): readonly [PatchContainer | undefined, key: string] => {
  const parts = path.split('/')
  if (parts.length < 2) return [path === '' && checkedFirst ? root : undefined, '']
  let holder: PatchContainer | undefined = root
  for (const part of parts.slice(1, -1)) {
    const key = keyOf(part)
    const child: PatchNode | undefined = holder && childOf(holder, key, checkedFirst)
    holder = child && opened(holder!, key, surviving(child, checkedFirst))
  }
  return [holder, keyOf(parts.at(-1)!)]
}

const within = (what: string, act: () => void): void => {
  try {
    act()
  } catch (error) {
    throw error instanceof GoJsonError ? new GoJsonError(`${what}: ${error.message}`) : error
  }
}

const notObject = ({ kind }: JsonNode): string =>
  `json: cannot unmarshal ${kind} into Go value of type map[string]*jsonpatch.lazyNode`

/** The whole document replaced by a value. */
const rootOf = (value: PatchText): PatchContainer => {
  const { node } = value
  if (node.kind !== 'array' && node.kind !== 'object' && node.kind !== 'null') throw new GoJsonError(notObject(node))
  const root =
    node.kind === 'array'
      ? new PatchArray(node)
      : new PatchObject(node.kind === 'object' ? node : undefined, node.kind === 'null')
  root.copy = value
  return root
}

const isElement = (path: string): boolean => {
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last === '-' || typeof parseIndex(last) === 'number'
}

const apply = (root: PatchContainer, operation: Operation, checkedFirst: boolean): PatchContainer => {
  const path = pathOf(operation)
  // A member that is not there is made, so only items are ever replaced.
  const kind = kindOf(operation) === 'replace' && !isElement(path) ? 'add' : kindOf(operation)
  if (kind === 'add' && path === '' && checkedFirst) return rootOf(valueOf(operation))
  if (kind === 'add' && path.includes('/')) ensurePath(root, path.split('/').slice(1), checkedFirst)
  const [holder, key] = find(root, path, checkedFirst)
  if (holder === undefined) {
    const shown = kind === 'replace' ? path : `"${path}"`
    throw new GoJsonError(`${kind} operation does not apply: doc is missing path: ${shown}: missing value`)
  }
  if (kind === 'add') within(`error in add for path: '${path}'`, () => holder.add(key, valueOf(operation)))
  else if (kind === 'remove') within(`error in remove for path: '${path}'`, () => holder.remove(key))
  else if (!holder.has(key))
    throw new GoJsonError(`replace operation does not apply: doc is missing key: ${path}: missing value`)
  else holder.set(key, valueOf(operation))
  return root
}

/**
 * Applies a JSON Patch as ory/x does (jsonx/patch.go): adding, removing and replacing alone, nothing of what
 * is denied, and with whatever a path is missing made on the way.
 * @param document gives the text, which is asked for when the patch was looked at. @throws GoJsonError in the words of its parts.
 */
export const applyPatch = (document: () => JsonText, patch: JsonNode, options: PatchOptions): JsonText => {
  const operations = readPatch(patch, options)
  let root = rootOf(new PatchText(parseWhole(document())))
  for (const operation of operations) root = apply(root, operation, options.checkedFirst)
  return root.text()
}

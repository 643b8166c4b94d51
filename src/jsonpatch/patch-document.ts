import { GoJsonError, type JsonNode } from '../go/json-parse.ts'
import { compact } from '../go/json-scan.ts'
import { parseIndex } from '../go/number.ts'
import type { JsonText } from '../model/identity.ts'
import { escapeHtml, goString } from '../model/json.ts'

/** A value inside a document that is patched: text until something below it changes, as in evanphx/json-patch. */
export type PatchNode = PatchText | PatchObject | PatchArray

/** What may hold other values. */
export type PatchContainer = PatchObject | PatchArray

const invalidIndex = (index: number): GoJsonError =>
  new GoJsonError(`Unable to access invalid index: ${index}: invalid index referenced`)

/** Go's strconv.Atoi. @throws GoJsonError */
const indexOf = (key: string): number => {
  const index = parseIndex(key)
  if (typeof index === 'string') throw new GoJsonError(index)
  return index
}

export class PatchText {
  readonly node: JsonNode
  /** Whether it is a `null` that was there from the start, which counts as nothing. */
  readonly isNil: boolean

  constructor(node: JsonNode, isNil = false) {
    this.node = node
    this.isNil = isNil
  }

  text(): JsonText {
    return escapeHtml(compact(this.node.raw))
  }
}

const inside = (node: JsonNode): PatchText => new PatchText(node, node.kind === 'null')

const NO_OBJECT = 'invalid value, expected object'

/** What a container is written of, in order; without recursion, since patches may go deep. */
const written = (root: PatchContainer): JsonText => {
  let out = ''
  const open = [root.parts()]
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const { done, value: part } = last.next()
    if (done === true) open.pop()
    else if (typeof part === 'string') out += part
    else if (part instanceof PatchText) out += part.text()
    else open.push(part.parts())
  }
  return out
}

/** An object that was opened; its keys keep their order, and a key that stood there twice prints twice. */
export class PatchObject {
  #keys: string[]
  readonly #values: Map<string, PatchNode>
  /** Whether it is a `null` in the place of one, which holds nothing and cannot be written. */
  readonly #isNil: boolean
  /** Of a whole document: a copy of it, which an empty key on the way of a path leads to, and which is thrown away. */
  copy: PatchNode | undefined

  constructor(node?: Extract<JsonNode, { kind: 'object' }>, isNil = false) {
    this.#isNil = isNil
    this.#keys = node?.members.map(({ key }) => key) ?? []
    this.#values = new Map(node?.members.map(({ key, value }) => [key, inside(value)]))
  }

  get(key: string): PatchNode | undefined {
    return this.#values.get(key)
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  set(key: string, value: PatchNode): void {
    if (this.#isNil) throw new GoJsonError(NO_OBJECT)
    if (!this.#values.has(key)) this.#keys.push(key)
    this.#values.set(key, value)
  }

  /** Whether something can be added at a key. */
  takes(_key: string): boolean {
    return !this.#isNil
  }

  add(key: string, value: PatchNode): void {
    this.set(key, value)
  }

  remove(key: string): void {
    if (this.#isNil) throw new GoJsonError(NO_OBJECT)
    if (!this.#values.delete(key)) throw new GoJsonError(`unable to remove nonexistent key: ${key}: missing value`)
    this.#keys = this.#keys.toSpliced(this.#keys.indexOf(key), 1)
  }

  *parts(): Generator<PatchNode | JsonText, undefined> {
    if (this.#isNil)
      throw new GoJsonError(`json: error calling MarshalJSON for type *jsonpatch.partialDoc: ${NO_OBJECT}`)
    let mark = '{'
    for (const key of this.#keys) {
      yield `${mark}${goString(key)}:`
      yield this.#values.get(key) ?? 'null'
      mark = ','
    }
    yield this.#keys.length === 0 ? '{}' : '}'
  }

  text(): JsonText {
    return written(this)
  }
}

export class PatchArray {
  readonly items: PatchNode[]
  /** As of an object. */
  copy: PatchNode | undefined

  constructor(node?: Extract<JsonNode, { kind: 'array' }>) {
    this.items = node?.items.map(inside) ?? []
  }

  /** An index that is there; a negative one counts from the end. */
  #at(key: string): number {
    const index = indexOf(key)
    if (index >= this.items.length || index < -this.items.length) throw invalidIndex(index)
    return index < 0 ? index + this.items.length : index
  }

  get(key: string): PatchNode | undefined {
    return this.items[this.#at(key)]
  }

  has(key: string): boolean {
    try {
      return this.get(key) !== undefined
    } catch {
      return false
    }
  }

  /** Whether something can be added at a key. */
  takes(key: string): boolean {
    const index = key === '-' ? this.items.length : parseIndex(key)
    return typeof index === 'number' && index <= this.items.length && index >= -this.items.length - 1
  }

  set(key: string, value: PatchNode): void {
    this.items[this.#at(key)] = value
  }

  add(key: string, value: PatchNode): void {
    if (key === '-') {
      this.items.push(value)
      return
    }
    const index = parseIndex(key)
    if (typeof index === 'string') throw new GoJsonError(`value was not a proper array index: '${key}': ${index}`)
    if (!this.takes(key)) throw invalidIndex(index)
    this.items.splice(index < 0 ? index + this.items.length + 1 : index, 0, value)
  }

  remove(key: string): void {
    this.items.splice(this.#at(key), 1)
  }

  *parts(): Generator<PatchNode | JsonText, undefined> {
    let mark = '['
    for (const item of this.items) {
      yield mark
      yield item
      mark = ','
    }
    yield this.items.length === 0 ? '[]' : ']'
  }

  text(): JsonText {
    return written(this)
  }
}

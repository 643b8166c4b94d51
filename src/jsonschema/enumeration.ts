import type { JsonNode } from '../go/json-parse.ts'
import { bytesOf, quote } from '../go/bytes.ts'
import { equalKey } from './equal.ts'

/** Go's `%#v`. */
const goSyntax = (node: JsonNode): string =>
  node.kind === 'null'
    ? '<nil>'
    : node.kind === 'string'
      ? quote(bytesOf(node.text))
      : node.kind === 'number'
        ? `"${node.raw}"`
        : node.raw

const isScalar = ({ kind }: JsonNode): boolean => kind !== 'object' && kind !== 'array'

/** The values of `enum`, or the one of `const`. */
export class Enumeration {
  readonly #values: readonly JsonNode[]
  #keys: ReadonlySet<string> | undefined
  #message: string | undefined

  constructor(values: readonly JsonNode[]) {
    this.#values = values
  }

  has(value: JsonNode): boolean {
    this.#keys ??= new Set(this.#values.map(equalKey))
    return this.#keys.has(equalKey(value))
  }

  /** What is said of a value that is none of them. @param word the keyword. */
  message(word: string): string {
    return (this.#message ??= !this.#values.every(isScalar)
      ? `${word} failed`
      : this.#values.length === 1
        ? `value must be ${goSyntax(this.#values[0]!)}`
        : `value must be one of ${this.#values.map(goSyntax).join(', ')}`)
  }
}

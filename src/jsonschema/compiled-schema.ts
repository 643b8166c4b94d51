import type { JsonNode } from '../go/json-parse.ts'
import type { Enumeration } from './enumeration.ts'
import type { Extension } from './extension.ts'
import type { GoRegExp } from './go-regexp.ts'
import type { Violation } from './violation.ts'

export type Dependency = readonly [name: string, wanted: readonly string[] | CompiledSchema]

/** A JSON Schema ready to be applied: what it leaves out is undefined or empty. Numbers keep their spelling. */
export class CompiledSchema {
  /** `#`, or what a `$ref` says, for one with a place of its own. */
  readonly place: string | undefined
  /** A boolean schema. */
  always: boolean | undefined
  /** With a reference, everything else is ignored. */
  ref: CompiledSchema | undefined
  types: readonly string[] = []
  const: Enumeration | undefined
  enum: Enumeration | undefined
  not: CompiledSchema | undefined
  allOf: readonly CompiledSchema[] = []
  anyOf: readonly CompiledSchema[] = []
  oneOf: readonly CompiledSchema[] = []
  condition: CompiledSchema | undefined
  consequence: CompiledSchema | undefined
  alternative: CompiledSchema | undefined

  minProperties: number | undefined
  maxProperties: number | undefined
  required: readonly string[] = []
  properties: ReadonlyMap<string, CompiledSchema> = new Map()
  propertyNames: CompiledSchema | undefined
  patternProperties: readonly (readonly [GoRegExp, CompiledSchema])[] = []
  additionalProperties: CompiledSchema | false | undefined
  dependencies: readonly Dependency[] = []

  minItems: number | undefined
  maxItems: number | undefined
  uniqueItems = false
  items: CompiledSchema | undefined
  tuple: readonly CompiledSchema[] | undefined
  additionalItems: CompiledSchema | false | undefined
  contains: CompiledSchema | undefined

  minLength: number | undefined
  maxLength: number | undefined
  pattern: GoRegExp | undefined
  format: string | undefined
  contentEncoding: string | undefined
  contentMediaType: string | undefined

  minimum: string | undefined
  exclusiveMinimum: string | undefined
  maximum: string | undefined
  exclusiveMaximum: string | undefined
  multipleOf: string | undefined

  extension: Extension | undefined

  constructor(place: string | undefined) {
    this.place = place
  }
}

/** Acts on a value that `ory.sh/kratos` describes, at the point where the schema is applied to it. */
export type ExtensionRunner = (
  extension: Extension,
  format: string | undefined,
  value: JsonNode,
) => Violation | undefined

/** Applies a schema to a value inside another one. */
export type Apply = (schema: CompiledSchema, value: JsonNode) => Violation | undefined

import type { JsonNode } from '../go/json-parse.ts'
import type { CompiledSchema } from './compiled-schema.ts'
import type { Extension } from './extension.ts'
import type { Violation } from './violation.ts'

/** Acts on a value that `ory.sh/kratos` describes, at the point where the schema is applied to it. */
export type ExtensionRunner = (
  extension: Extension,
  format: string | undefined,
  value: JsonNode,
) => Violation | undefined

/** Applies a schema to a value inside another one. */
export type Apply = (schema: CompiledSchema, value: JsonNode) => Violation | undefined

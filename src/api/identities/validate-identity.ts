import { KratosError, MISCONFIGURED } from '../../model/errors.ts'
import { parseWhole, type JsonNode } from '../../go/json-parse.ts'
import type { JsonText } from '../../model/identity.ts'
import type { Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { compileSchema } from '../../jsonschema/compile.ts'
import { identitySchema } from '../schemas/identity-schema.ts'
import { SchemaProblem } from '../../jsonschema/schema-members.ts'
import { validate } from '../../jsonschema/validate.ts'
import { violationText } from '../../jsonschema/violation.ts'
import { Derivation } from './derivation.ts'
import type { IdentityWork } from './identity-work.ts'

/** The schema itself cannot be used: Kratos blames itself, the reference knows no such error. */
const unusable = (world: World, id: string, problem: SchemaProblem): KratosError =>
  world.profile.has.internalErrors
    ? new KratosError(500, {
        reason: 'Unable to parse validate JSON object against JSON schema.',
        ...(world.profile.knows('v25.4.0') ? MISCONFIGURED : {}),
      })
    : new KratosError(400, { reason: `The identity schema ${id} cannot be used: ${problem.message}` })

/** What a schema describes. The traits are read by themselves: parts of their text keep it, and no copy, in memory. */
const documentOf = (traits: JsonText): JsonNode => ({
  kind: 'object',
  raw: `{"traits":${traits}}`,
  members: [{ key: 'traits', value: parseWhole(traits) }],
})

/**
 * Validates an identity's traits by its schema and derives identifiers and addresses from them
 * (identity/validator.go). @throws KratosError 400 with the violations as ory/jsonschema words them.
 */
export const validateIdentity = (
  world: World,
  work: IdentityWork,
  tables: Pick<Tables, 'schemas'> = world.store.tables,
): void => {
  const { id, text } = identitySchema(tables, work.schema_id)
  if (work.traits === '') work.traits = '{}'
  const derivation = new Derivation(world, work)
  try {
    const found = validate(compileSchema(text), documentOf(work.traits), (extension, format, value) =>
      derivation.take(extension, format, value),
    )
    if (found !== undefined) throw new KratosError(400, { reason: violationText(found) })
  } catch (error) {
    throw error instanceof SchemaProblem ? unusable(world, id, error) : error
  }
  derivation.finish()
}

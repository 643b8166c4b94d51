import { KratosError, MISCONFIGURED } from '../../model/errors.ts'
import { parseWhole, type JsonNode } from '../../go/json-parse.ts'
import type { JsonText } from '../../model/identity.ts'
import type { Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import type { ExtensionRunner } from '../../jsonschema/compiled-schema.ts'
import { compileSchema } from '../../jsonschema/compile.ts'
import { identitySchema } from '../schemas/identity-schema.ts'
import { normalPhoneTraits } from '../../jsonschema/phone-traits.ts'
import { SchemaProblem } from '../../jsonschema/schema-members.ts'
import { validate } from '../../jsonschema/validate.ts'
import { violationText, type Violation } from '../../jsonschema/violation.ts'
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

/** Applies an identity's schema to its traits, running what Kratos does at each. */
const violationOf = (
  world: World,
  work: IdentityWork,
  tables: Pick<Tables, 'schemas'>,
  run: ExtensionRunner,
): Violation | undefined => {
  const { id, text } = identitySchema(tables, work.schema_id)
  if (work.traits === '') work.traits = '{}'
  try {
    const schema = compileSchema(text)
    if (world.profile.has.identifiersFolded && text.includes('"sms"'))
      work.traits = normalPhoneTraits(schema, work.traits)
    return validate(schema, documentOf(work.traits), run)
  } catch (error) {
    throw error instanceof SchemaProblem ? unusable(world, id, error) : error
  }
}

/** What traits do wrong by their schema alone, as ory/jsonschema words it; nothing is derived. */
export const schemaViolation = (world: World, work: IdentityWork): Violation | undefined =>
  violationOf(world, work, world.store.tables, () => undefined)

/**
 * Checks an identity's traits by its schema and derives identifiers and addresses from them
 * (identity/validator.go). @returns what the traits do wrong; then nothing was derived.
 */
export const traitsViolation = (
  world: World,
  work: IdentityWork,
  tables: Pick<Tables, 'schemas'> = world.store.tables,
): Violation | undefined => {
  const derivation = new Derivation(world, work)
  const found = violationOf(world, work, tables, (extension, format, value) =>
    derivation.take(extension, format, value),
  )
  if (found === undefined) derivation.finish()
  return found
}

/** The same for those who answer violations as an error. @throws KratosError 400. */
export const validateIdentity: (...input: Parameters<typeof traitsViolation>) => void = (...input) => {
  const found = traitsViolation(...input)
  if (found !== undefined) throw new KratosError(400, { reason: violationText(found) })
}

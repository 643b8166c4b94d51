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

type Tabled = Pick<Tables, 'schemas'>

/** Applies an identity's schema to its traits, running what Kratos does at each. */
const violationOf = (world: World, work: IdentityWork, tables: Tabled, run: ExtensionRunner): Violation | undefined => {
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
export const schemaViolation = (
  world: World,
  work: IdentityWork,
  tables: Tabled = world.store.tables,
): Violation | undefined => violationOf(world, work, tables, () => undefined)

/** What traits do wrong, and whether something that `ory.sh/kratos` finds wrong was let pass by what is around it. */
interface Verdict {
  readonly found: Violation | undefined
  readonly isDoubtful: boolean
}

const verdictOn = (world: World, work: IdentityWork, tables: Tabled): Verdict => {
  const derivation = new Derivation(world, work)
  let isDoubtful = false
  const found = violationOf(world, work, tables, (extension, format, value) => {
    const wrong = derivation.take(extension, format, value)
    isDoubtful ||= wrong !== undefined
    return wrong
  })
  if (found === undefined) derivation.finish()
  return { found, isDoubtful }
}

/**
 * Checks an identity's traits by its schema and derives identifiers and addresses from them
 * (identity/validator.go). @returns what the traits do wrong; then nothing was derived.
 */
export const traitsViolation = (world: World, work: IdentityWork): Violation | undefined =>
  verdictOn(world, work, world.store.tables).found

const refuse = (found: Violation | undefined): void => {
  if (found !== undefined) throw new KratosError(400, { reason: violationText(found) })
}

/**
 * The same for those who answer violations as an error. @returns whether `recheckTraits` has to follow before the
 * identity is stored. @throws KratosError 400.
 */
export const checkTraits = (world: World, work: IdentityWork): boolean => {
  const { found, isDoubtful } = verdictOn(world, work, world.store.tables)
  refuse(found)
  return isDoubtful
}

/**
 * Kratos checks again what it stores, this time by the schema alone (persister_identity.go validateIdentity): there,
 * a `oneOf`, a `not` or an `if` may come out otherwise. @throws KratosError 400.
 */
export const recheckTraits = (world: World, work: IdentityWork): void => refuse(schemaViolation(world, work))

/** What either of them finds. */
export const storedViolation = (
  world: World,
  work: IdentityWork,
  tables: Tabled = world.store.tables,
): Violation | undefined => {
  const { found, isDoubtful } = verdictOn(world, work, tables)
  return isDoubtful && found === undefined ? schemaViolation(world, work, tables) : found
}

/** Both of them. @throws KratosError 400. */
export const validateIdentity = (world: World, work: IdentityWork): void => refuse(storedViolation(world, work))

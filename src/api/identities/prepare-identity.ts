import { KratosError } from '../../model/errors.ts'
import type { Credential, Identity } from '../../model/identity.ts'
import type { Draft } from '../../store/store.ts'
import type { Schema } from '../../store/schemas.ts'
import { Refusal } from '../../databases/refusal.ts'
import type { World } from '../../world/world.ts'
import type { CredentialsBody } from './bodies.ts'
import { normalIdentifier } from './credential-types.ts'
import { workOf, type CredentialWork } from './identity-work.ts'
import { importCredentials } from './import-credentials.ts'
import { identityRow, normalizeAddresses, storedCredential } from './store-identity.ts'
import { storedViolation } from './validate-identity.ts'
import { violationDigest } from '../../jsonschema/violation.ts'
import { mapped } from '../../model/mapped.ts'

/** What of an identity a fixture gave; the rest comes out of its traits. */
export interface GivenParts {
  /** The types of credentials that came with their identifiers, `none` for `{}`; undefined where nothing was said. */
  readonly credentials: readonly string[] | 'none' | undefined
  readonly addresses: boolean
  /** Credentials that are yet to be made, of a body that creates an identity. */
  readonly imports?: CredentialsBody | undefined
}

/** What an identity has whose schema nobody gave, as in an answer copied from another server: traits of any kind. */
const anyTraits = (id: string): Schema => ({
  id,
  isStandIn: true,
  text: '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"traits":{"type":"object"}}}',
})

/** A given credential; what of it was left out is what the traits make of it. */
const completed = (
  { profile }: World,
  given: Credential,
  { identifiers, config }: CredentialWork,
  isNamed: boolean,
): Credential => ({
  ...given,
  config: given.config || config || '{}',
  identifiers: isNamed
    ? given.identifiers
    : (identifiers ?? []).map((one) => normalIdentifier(given.type, one, profile)).toSorted(),
})

/**
 * Passes a fixture's identity through the rules of a created one: its traits hold to the schema, and the
 * credentials and addresses that it was not given come out of them. What was given stays, ids and times too.
 * @param draw gives ids of new addresses.
 * @throws KratosError 400 with the violations of the schema.
 */
export const prepareIdentity = (
  world: World,
  draft: Draft,
  identity: Identity,
  given: GivenParts,
  draw: () => string,
): Identity => {
  const { schema_id } = identity
  if (draft.tables.schemas.get(schema_id) === undefined) draft.putSchema(anyTraits(schema_id))
  const work = workOf(identity, '')
  if (given.credentials === undefined) work.credentials.clear()
  importCredentials(world, work, given.imports ?? null)
  const wrong = storedViolation(world, work, draft.tables)
  if (wrong !== undefined) throw new KratosError(400, { reason: violationDigest(wrong) })
  const { created_at, updated_at } = identity
  normalizeAddresses(world, work, created_at)
  const credentials = mapped([...work.credentials.values()], (one) => {
    const there = identity.credentials.find(({ type }) => type === one.type)
    const isNamed = given.credentials?.includes(one.type) ?? false
    if (there !== undefined) return completed(world, there, one, isNamed)
    const stored = storedCredential(world, one, created_at, identity.id)
    return stored.updated_at === updated_at ? stored : { ...stored, updated_at }
  })
  // Those of an import are settled by its traits, as those of a created identity are.
  if (given.addresses && given.imports === undefined) {
    work.verifiable_addresses = [...identity.verifiable_addresses]
    work.recovery_addresses = [...identity.recovery_addresses]
  } else {
    for (const address of [...work.verifiable_addresses, ...work.recovery_addresses]) {
      address.id = draw()
      address.created_at = created_at
      address.updated_at = updated_at
    }
  }
  return identityRow(world, work, given.credentials === 'none' ? [] : credentials)
}

/** Why a fixture's identity was refused: which part of it, what that should be, and what is said of it. */
interface IdentityRefusal {
  readonly at: readonly string[]
  readonly expected: string
  readonly found: string
}

/** @returns undefined for an error that says nothing against the identity. */
export const refusalOf = ({ database }: World, error: unknown): IdentityRefusal | undefined => {
  if (error instanceof Refusal) return { at: [], expected: `what ${database?.name} can store`, found: error.message }
  if (!(error instanceof KratosError)) return undefined
  return { at: ['traits'], expected: 'traits that the schema takes', found: error.parts.reason ?? error.message }
}

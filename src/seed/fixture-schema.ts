import { REGIONS } from '../api/identities/region.ts'
import { objectSchema, type JsonSchema } from '../model/kinds.ts'
import { credentialTypes } from '../api/identities/credential-types.ts'
import type {
  Fixture,
  FixtureAuthenticationMethod,
  FixtureCredential,
  FixtureDevice,
  FixtureGenerate,
  FixtureIdentity,
  FixtureImport,
  FixtureRecoveryAddress,
  FixtureSession,
  FixtureSessionCount,
  FixtureSignIn,
  FixtureVerifiableAddress,
  ListedSchema,
} from './fixture.ts'
import { MOST_VERSION } from './identity.ts'
import { MOST_IDENTITIES, MOST_SESSIONS } from '../store/limits.ts'
import { STATES } from './session.ts'

/** An object with the keys of a type that its reader knows, too. */
const objectOf = <T>(
  properties: Readonly<Record<keyof T & string, JsonSchema | true>>,
  required: readonly (keyof T & string)[] = [],
): JsonSchema => objectSchema(properties, required)

const DURATION = String.raw`(\d+(\.\d+)?(ms|s|m|h|d))+`
const RFC3339 = String.raw`\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})`

const time: JsonSchema = { type: ['string', 'null'], pattern: `^(now|[+-]${DURATION}|${RFC3339})$` }
const text: JsonSchema = { type: ['string', 'null'] }
const flag: JsonSchema = { type: ['boolean', 'null'] }
const uuid: JsonSchema = { type: ['string', 'null'], minLength: 32 }
const count = (maximum: number): JsonSchema => ({ type: 'integer', minimum: 0, maximum })
const listOf = (items: JsonSchema): JsonSchema => ({ type: ['array', 'null'], items })
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

const credential = objectOf<FixtureCredential>({
  type: true,
  identifiers: listOf({ type: 'string', pattern: String.raw`\S` }),
  config: { type: ['object', 'null'] },
  version: count(MOST_VERSION),
  created_at: time,
  updated_at: time,
})

const times = { created_at: time, updated_at: time }

const verifiable = objectOf<FixtureVerifiableAddress>(
  { id: uuid, value: { type: 'string' }, verified: flag, via: text, status: text, verified_at: time, ...times },
  ['value'],
)

const recovery = objectOf<FixtureRecoveryAddress>(
  { id: uuid, value: { type: 'string' }, via: text, break_glass_for_organization: true, ...times },
  ['value'],
)

const identity = objectOf<FixtureIdentity>({
  id: uuid,
  external_id: text,
  credentials: {
    type: ['object', 'null'],
    properties: Object.fromEntries(credentialTypes.map((type) => [type, ref('credential')])),
    additionalProperties: false,
  },
  schema_id: text,
  schema_url: true,
  state: { enum: ['active', 'inactive', null] },
  state_changed_at: time,
  traits: { type: ['object', 'null'] },
  verifiable_addresses: listOf(verifiable),
  recovery_addresses: listOf(recovery),
  metadata_public: true,
  metadata_admin: true,
  ...times,
  organization_id: uuid,
  region: { enum: [...REGIONS, null] },
  sessions: listOf({ anyOf: [{ enum: Object.keys(STATES) }, ref('session')] }),
})

const session = objectOf<FixtureSession>({
  id: uuid,
  active: flag,
  expires_at: time,
  authenticated_at: time,
  authenticator_assurance_level: text,
  authentication_methods: listOf(
    objectOf<FixtureAuthenticationMethod>({
      method: text,
      aal: text,
      completed_at: time,
      provider: text,
      organization: text,
      upstream_acr: text,
      upstream_amr: listOf({ type: 'string' }),
    }),
  ),
  issued_at: time,
  identity: { anyOf: [{ type: 'null' }, ref('identity')] },
  devices: listOf(objectOf<FixtureDevice>({ id: uuid, ip_address: text, user_agent: text, location: text })),
  tokenized: true,
  identity_id: uuid,
  created_at: time,
  token: text,
})

/** A session that says whose it is. */
const owning = (one: JsonSchema): JsonSchema => ({
  allOf: [one, { anyOf: [{ required: ['identity_id'] }, { required: ['identity'] }] }],
})
const owned = owning(ref('session'))

const schema: JsonSchema = { type: 'object' }
const url: JsonSchema = { type: 'string', pattern: '^(base64|file)://' }
const listed = objectOf<ListedSchema>({ id: { type: 'string' }, schema, url, selfservice_selectable: true }, ['id'])

const created = objectOf<FixtureImport>({ create: ref('identity'), patch_id: { type: 'string' } }, ['create'])

const nullable = (one: JsonSchema): JsonSchema => ({ anyOf: [{ type: 'null' }, one] })

const signIn: JsonSchema = {
  ...objectOf<FixtureSignIn>({
    session: nullable(ref('session')),
    session_token: text,
    identity: nullable(ref('identity')),
    continue_with: true,
  }),
  anyOf: [{ required: ['session'] }, { required: ['identity'] }],
}

const fixture = objectOf<Fixture>({
  now: time,
  schemas: {
    anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: { anyOf: [schema, url] } }, listOf(listed)],
  },
  identities: listOf({ anyOf: [ref('identity'), created] }),
  sessions: listOf(owned),
  generate: nullable(
    objectOf<FixtureGenerate>({
      identities: nullable(count(MOST_IDENTITIES)),
      sessions: {
        anyOf: [
          count(MOST_SESSIONS),
          objectOf<FixtureSessionCount>({ min: nullable(count(MOST_SESSIONS)), max: nullable(count(MOST_SESSIONS)) }),
        ],
      },
    }),
  ),
})

/** A whole file, which may name its schema. */
const named = (whole: JsonSchema): JsonSchema => ({
  ...whole,
  properties: { ...(whole['properties'] as JsonSchema), $schema: { type: 'string' } },
})

/** An identity by itself. Sessions without traits and a schema are those of a fixture. */
const pasted: JsonSchema = {
  allOf: [
    named(identity),
    { anyOf: [{ required: ['traits'] }, { required: ['schema_id'] }, { not: { required: ['sessions'] } }] },
  ],
}

/** The JSON Schema of a fixture file, made of the keys that fixtures are read by. */
export const fixtureSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A fixture of ory-identities-mock',
  definitions: { credential, identity, session },
  anyOf: [
    named(fixture),
    pasted,
    owning(named(session)),
    named(signIn),
    named(listed),
    { type: 'array', items: { anyOf: [ref('identity'), owned, signIn, listed] } },
  ],
}

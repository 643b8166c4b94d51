import type { JsonSchema } from '../faults/rule-schema.ts'
import { credentialTypes } from '../api/identities/credential-types.ts'
import type {
  Fixture,
  FixtureAuthenticationMethod,
  FixtureCredential,
  FixtureDevice,
  FixtureIdentity,
  FixtureImport,
  FixtureRecoveryAddress,
  FixtureSession,
  FixtureSignIn,
  FixtureVerifiableAddress,
  ListedSchema,
} from './fixture.ts'
import { CREDENTIAL_KEYS, IDENTITY_KEYS, MOST_VERSION, RECOVERY_KEYS, VERIFIABLE_KEYS } from './identity.ts'
import { MOST_IDENTITIES, MOST_SESSIONS } from '../store/limits.ts'
import { FIXTURE_KEYS } from './forms.ts'
import { COUNT_KEYS, GENERATE_KEYS } from './parse.ts'
import { DEVICE_KEYS, METHOD_KEYS, SESSION_KEYS, STATES } from './session.ts'

/** An object with the keys that its reader knows, each of which has a schema here. */
const objectOf = <K extends string>(
  keys: readonly K[],
  properties: Readonly<Record<K, JsonSchema | true>>,
  required: readonly K[] = [],
): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(keys.map((key) => [key, properties[key]])),
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
})

const DURATION = String.raw`(\d+(\.\d+)?(ms|s|m|h|d))+`
const RFC3339 = String.raw`\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})`

const time: JsonSchema = { type: ['string', 'null'], pattern: `^(now|[+-]${DURATION}|${RFC3339})$` }
const text: JsonSchema = { type: ['string', 'null'] }
const flag: JsonSchema = { type: ['boolean', 'null'] }
const uuid: JsonSchema = { type: ['string', 'null'], minLength: 32 }
const count = (maximum: number): JsonSchema => ({ type: 'integer', minimum: 0, maximum })
const listOf = (items: JsonSchema): JsonSchema => ({ type: ['array', 'null'], items })
const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

const credential = objectOf<keyof FixtureCredential>(CREDENTIAL_KEYS, {
  type: true,
  identifiers: listOf({ type: 'string', pattern: String.raw`\S` }),
  config: { type: ['object', 'null'] },
  version: count(MOST_VERSION),
  created_at: time,
  updated_at: time,
})

const times = { created_at: time, updated_at: time }

const verifiable = objectOf<keyof FixtureVerifiableAddress>(
  VERIFIABLE_KEYS,
  { id: uuid, value: { type: 'string' }, verified: flag, via: text, status: text, verified_at: time, ...times },
  ['value'],
)

const recovery = objectOf<keyof FixtureRecoveryAddress>(
  RECOVERY_KEYS,
  { id: uuid, value: { type: 'string' }, via: text, ...times },
  ['value'],
)

const identity = objectOf<keyof FixtureIdentity>(IDENTITY_KEYS, {
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
  region: true,
  sessions: listOf({ anyOf: [{ enum: Object.keys(STATES) }, ref('session')] }),
})

const session = objectOf<keyof FixtureSession>(SESSION_KEYS, {
  id: uuid,
  active: flag,
  expires_at: time,
  authenticated_at: time,
  authenticator_assurance_level: text,
  authentication_methods: listOf(
    objectOf<keyof FixtureAuthenticationMethod>(METHOD_KEYS, {
      method: text,
      aal: text,
      completed_at: time,
      provider: text,
      organization: text,
    }),
  ),
  issued_at: time,
  identity: { anyOf: [{ type: 'null' }, ref('identity')] },
  devices: listOf(
    objectOf<keyof FixtureDevice>(DEVICE_KEYS, { id: uuid, ip_address: text, user_agent: text, location: text }),
  ),
  tokenized: true,
  identity_id: uuid,
  created_at: time,
  token: text,
})

/** A session that says whose it is. */
const owned: JsonSchema = {
  allOf: [ref('session'), { anyOf: [{ required: ['identity_id'] }, { required: ['identity'] }] }],
}

const schema: JsonSchema = { type: 'object' }
const url: JsonSchema = { type: 'string', pattern: '^(base64|file)://' }
const listed = objectOf<keyof ListedSchema>(['id', 'schema', 'url'], { id: { type: 'string' }, schema, url }, ['id'])

const created = objectOf<keyof FixtureImport>(
  ['create', 'patch_id'],
  { create: ref('identity'), patch_id: { type: 'string' } },
  ['create'],
)

const nullable = (one: JsonSchema): JsonSchema => ({ anyOf: [{ type: 'null' }, one] })

const signIn: JsonSchema = {
  ...objectOf<keyof FixtureSignIn>(['session', 'session_token', 'identity', 'continue_with'], {
    session: nullable(ref('session')),
    session_token: text,
    identity: nullable(ref('identity')),
    continue_with: true,
  }),
  anyOf: [{ required: ['session'] }, { required: ['identity'] }],
}

const fixture = objectOf<keyof Fixture>(FIXTURE_KEYS, {
  now: time,
  schemas: {
    anyOf: [{ type: 'null' }, { type: 'object', additionalProperties: { anyOf: [schema, url] } }, listOf(listed)],
  },
  identities: listOf({ anyOf: [ref('identity'), created] }),
  sessions: listOf(owned),
  generate: nullable(
    objectOf(GENERATE_KEYS, {
      identities: nullable(count(MOST_IDENTITIES)),
      sessions: {
        anyOf: [
          count(MOST_SESSIONS),
          objectOf(COUNT_KEYS, { min: nullable(count(MOST_SESSIONS)), max: nullable(count(MOST_SESSIONS)) }),
        ],
      },
    }),
  ),
})

/** An identity by itself. Sessions without traits and a schema are those of a fixture. */
const pasted: JsonSchema = {
  allOf: [
    ref('identity'),
    { anyOf: [{ required: ['traits'] }, { required: ['schema_id'] }, { not: { required: ['sessions'] } }] },
  ],
}

/** The JSON Schema of a fixture file, made of the keys that fixtures are read by. */
export const fixtureSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A fixture of ory-identities-mock',
  definitions: { credential, identity, session, fixture },
  anyOf: [
    ref('fixture'),
    pasted,
    owned,
    signIn,
    listed,
    { type: 'array', items: { anyOf: [ref('identity'), owned, signIn, listed] } },
  ],
}

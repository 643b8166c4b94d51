import { entriesOf, has, isObject } from '../model/json.ts'
import { keysOf } from './checker.ts'
import type { Fixture, FixtureImport, FixtureListing, FixtureSignIn, ListedSchema } from './fixture.ts'
import { IDENTITY_KEYS } from './identity.ts'
import { SESSION_KEYS } from './session.ts'

/** The properties of a fixture. */
export const FIXTURE_KEYS = keysOf<Fixture>()(['now', 'schemas', 'identities', 'sessions', 'generate'])

/** What `kratos list identities --format json` prints beside the identities. */
export const LISTING_KEYS = keysOf<Omit<FixtureListing, 'identities'>>()(['next_page_token', 'is_last_page'])

/** The answer of a native login (`successfulNativeLogin`) or registration (`successfulNativeRegistration`). */
export const SIGN_IN_KEYS = keysOf<FixtureSignIn>()(['session_token', 'session', 'identity', 'continue_with'])

/** An item of a bulk import (`identityPatch`). */
export const IMPORT_KEYS = keysOf<FixtureImport>()(['create', 'patch_id'])

/** An item of the answer of `GET /schemas` (`identitySchemaContainer`), or of `identity.schemas` in Kratos' configuration. */
export const SCHEMA_KEYS = keysOf<ListedSchema>()(['id', 'schema', 'url', 'selfservice_selectable'])

type Value = Readonly<Record<string, unknown>>

/** Whether a value is a fixture rather than what Kratos prints of one identity or session. */
export const isFixture = (value: unknown): value is Value =>
  isObject(value) &&
  (FIXTURE_KEYS.some((key) => has(value, key)) || entriesOf(value).length === 0) &&
  !has(value, 'traits') &&
  !has(value, 'schema_id')

/** A registration that was not followed by a login has no session. */
export const isSignIn = (value: unknown): value is Value =>
  isObject(value) &&
  (isObject(value['session']) ||
    typeof value['session_token'] === 'string' ||
    (has(value, 'continue_with') && has(value, 'identity')))

export const isImport = (value: unknown): value is Value =>
  isObject(value) && IMPORT_KEYS.some((key) => has(value, key))

export const isSchemaEntry = (value: unknown): value is Value =>
  isObject(value) && has(value, 'id') && (has(value, 'schema') || has(value, 'url'))

/** Only sessions have some of their properties. Several identities are those of a fixture, misspelt. */
export const isSession = (value: unknown): value is Value =>
  isObject(value) &&
  !Array.isArray(value['identity']) &&
  SESSION_KEYS.some((key) => has(value, key) && !(IDENTITY_KEYS as readonly string[]).includes(key))

/** Whether Kratos prints something like a value: one item of what a fixture may be. */
export const isPrinted = (value: unknown): boolean =>
  isSignIn(value) ||
  isSchemaEntry(value) ||
  isImport(value) ||
  isSession(value) ||
  (isObject(value) && IDENTITY_KEYS.some((key) => has(value, key)))

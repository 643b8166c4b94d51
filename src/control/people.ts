import { credentialsJson } from '../api/identities/credentials-json.ts'
import { identityJson } from '../api/identities/identity-json.ts'
import { schemaUrl } from '../api/schemas/identity-schema.ts'
import { isActive } from '../api/sessions/liveness.ts'
import { parseUuid } from '../go/uuid.ts'
import type { Identity } from '../model/identity.ts'
import { isObject } from '../model/json.ts'
import type { Session } from '../model/session.ts'
import { formatTime, type Micros } from '../model/time.ts'
import { ownedRange } from '../store/tables.ts'
import { sleep } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { refuse } from './inputs.ts'
import { pageSize } from './page-size.ts'
import { searchTest } from './search.ts'

/** An identity in a line. */
export interface PersonLine {
  readonly id: string
  /** What the person signs in with, else an address or the first text of the traits, else `''`; at most 200 letters. */
  readonly identifier: string
  readonly state: Identity['state']
  readonly schema_id: string
  readonly sessions: number
}

export interface PeoplePage {
  readonly people: readonly PersonLine[]
  /** How many identities there are, whatever was searched. */
  readonly total: number
  /** The token of the page that follows, or null. */
  readonly next: string | null
}

/** A session with what no answer of the API tells: its token and its stored flag. */
export interface SessionLine {
  readonly id: string
  readonly token: string
  /** The stored flag, which a revocation takes away. */
  readonly active: boolean
  /** What `active` of an answer says now: the flag, the expiry and the identity's state. */
  readonly live: boolean
  readonly issued_at: string
  readonly authenticated_at: string
  readonly expires_at: string
  readonly created_at: string
  readonly authenticator_assurance_level: string
  readonly authentication_methods: Session['authentication_methods']
  readonly devices: Session['devices']
}

export interface SessionsPage {
  readonly sessions: readonly SessionLine[]
  readonly total: number
  readonly next: string | null
}

/** How many identities can be named at once. */
const MOST = 500
const LONGEST_IDENTIFIER = 200

const uuidOf = (text: string, name: string): string => {
  const id = parseUuid(text)
  if (typeof id === 'string') return id
  throw refuse(`${name} is a UUID: ${id.error}.`)
}

/** The first text of traits that are not nested: beyond that it names nobody. */
const firstText = (traits: unknown): string | undefined => {
  const values: readonly unknown[] = isObject(traits) ? Object.values(traits) : [traits]
  return values.find((value): value is string => typeof value === 'string' && value !== '')
}

const identifierOf = ({ credentials, verifiable_addresses, recovery_addresses, traits }: Identity): string => {
  const identifier =
    credentials.find(({ type, identifiers }) => type !== 'oidc' && type !== 'saml' && identifiers.length > 0)
      ?.identifiers[0] ??
    verifiable_addresses[0]?.value ??
    recovery_addresses[0]?.value ??
    firstText(JSON.parse(traits)) ??
    ''
  return identifier.length > LONGEST_IDENTIFIER ? `${identifier.slice(0, LONGEST_IDENTIFIER)}…` : identifier
}

const lineOf = (world: World, identity: Identity): PersonLine => {
  const { id, state, schema_id } = identity
  const [from, to] = ownedRange(world.store.tables, id)
  return { id, identifier: identifierOf(identity), state, schema_id, sessions: to - from }
}

/** How many rows are looked at in one go, and after how many a search lets requests pass. */
const STRIDE = 512
const TURN = 8 * STRIDE

/**
 * A page of people by id.
 * @param query `search`: text that a trait, an identifier or the id has in it, or the id or token of a session;
 * `ids`: these alone, joined by commas; `page_size`: 1 to 500, default 25; `page_token`: the `next` of the page before.
 * @throws KratosError 400.
 */
export const listPeople = async (world: World, query: URLSearchParams): Promise<PeoplePage> => {
  const { identities, sessions, tokens } = world.store.tables
  const size = pageSize(query.get('page_size'))
  const total = identities.size
  const ids = query.get('ids')
  if (ids !== null) {
    const named = ids.split(',').slice(0, MOST)
    const found = named.flatMap((id) => identities.get({ id: uuidOf(id, 'Each of ids') }) ?? [])
    return { people: found.map((one) => lineOf(world, one)), total, next: null }
  }
  const search = (query.get('search') ?? '').trim()
  const token = query.get('page_token') ?? ''
  const owner = sessions.get({ id: search.toLowerCase() }) ?? tokens.get({ token: search })
  if (owner !== undefined) {
    const identity = identities.get({ id: owner.identity_id })
    return { people: identity === undefined ? [] : [lineOf(world, identity)], total, next: null }
  }
  const takes = searchTest(search)
  const found: Identity[] = []
  let from = token === '' ? 0 : identities.rank({ id: `${uuidOf(token, 'page_token')}\0` })
  while (from < total && found.length <= size) {
    for (const one of identities.slice(from, from + STRIDE)) if (found.length <= size && takes(one)) found.push(one)
    from += STRIDE
    if (from % TURN < STRIDE) await sleep(0)
  }
  const page = found.slice(0, size)
  return {
    people: page.map((one) => lineOf(world, one)),
    total,
    next: found.length > size ? page.at(-1)!.id : null,
  }
}

const identityAt = (world: World, spelled: string): Identity => {
  const id = uuidOf(spelled, 'The id of a person')
  const identity = world.store.tables.identities.get({ id })
  if (identity === undefined) throw refuse(`There is no identity ${id}.`, 404)
  return identity
}

/**
 * An identity from both sides, as JSON: `person`, its line; `admin`, as the admin API shows it, with all credentials;
 * `public`, as the public API shows it inside its own session. @throws KratosError 404 for an unknown identity.
 */
export const personJson = (world: World, id: string): string => {
  const identity = identityAt(world, id)
  const shared = { schemaUrl: schemaUrl(world, identity.schema_id), addresses: true }
  const types = identity.credentials.map(({ type }) => type)
  const credentials = credentialsJson(identity, types, !world.profile.knows('v25.4.0'))
  const admin = { ...shared, metadataAdmin: true, ...(credentials === undefined ? {} : { credentials }) }
  // Joined as text: traits may be nested deeper than a value of theirs could be written again.
  return (
    `{"person":${JSON.stringify(lineOf(world, identity))},"admin":${identityJson(identity, admin)}` +
    `,"public":${identityJson(identity, { ...shared, metadataAdmin: false })}}`
  )
}

/** A page of an identity's sessions, in the order of the API. @param query `page_size`, and `page_token`. @throws KratosError 404. */
export const sessionsOfPerson = (world: World, id: string, query: URLSearchParams): SessionsPage => {
  const identity = identityAt(world, id)
  const { tables } = world.store
  const [start, end] = ownedRange(tables, identity.id)
  const size = pageSize(query.get('page_size'))
  const token = query.get('page_token') ?? '0'
  if (!/^\d{1,9}$/.test(token)) throw refuse(`${JSON.stringify(token)} is no page_token of this list.`)
  const from = Math.min(start + Number(token), end)
  const now = world.clock.now()
  const sessions = tables.owned.slice(from, Math.min(from + size, end)).map((session): SessionLine => ({
    id: session.id,
    token: session.token,
    active: session.active,
    live: isActive(session, identity, now),
    issued_at: session.issued_at,
    authenticated_at: session.authenticated_at,
    expires_at: session.expires_at,
    created_at: formatTime(session.created),
    authenticator_assurance_level: session.authenticator_assurance_level,
    authentication_methods: session.authentication_methods,
    devices: session.devices,
  }))
  return { sessions, total: end - start, next: from + size < end ? String(from - start + size) : null }
}

/** When the next session that is active now expires. @throws KratosError 409 when none will. */
export const nextExpiry = (world: World): Micros => {
  const { sessions, identities } = world.store.tables
  const now = world.clock.now()
  let next = Infinity
  for (let from = 0; from < sessions.size; from += STRIDE) {
    for (const session of sessions.slice(from, from + STRIDE)) {
      if (session.expires >= next || session.expires <= now) continue
      if (isActive(session, identities.get({ id: session.identity_id }), now)) next = session.expires
    }
  }
  if (next === Infinity) throw refuse('No session is active, so none will expire.', 409)
  return next
}

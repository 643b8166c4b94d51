import { isActive } from '../api/sessions/liveness.ts'
import { newSession, shownSession, type Proof } from '../flows/sign-in.ts'
import type { SignedIn } from '../mock-interface.ts'
import type { Identity } from '../model/identity.ts'
import { nearest } from '../model/nearest.ts'
import type { Device, Session } from '../model/session.ts'
import { momentAt, type Micros } from '../model/time.ts'
import { claim, holderOf } from '../store/claims.ts'
import type { World } from '../world/world.ts'
import { readFields, refuse, shown } from './inputs.ts'

/** What Kratos calls the ways to sign in, each with what it proves (session/session.go, selfservice strategies). */
const METHODS: Readonly<Record<string, Proof['aal']>> = {
  password: 'aal1',
  code: 'aal1',
  oidc: 'aal1',
  saml: 'aal1',
  passkey: 'aal1',
  link_recovery: 'aal1',
  code_recovery: 'aal1',
  totp: 'aal2',
  webauthn: 'aal2',
  lookup_secret: 'aal2',
}

const HOUR = 3600e6

/** States by name, as fixtures have them: how long ago the session began, how long it lasts, whether it is revoked. */
const STATES: Readonly<Record<string, { readonly age?: Micros; readonly lasts?: Micros; readonly revoked?: true }>> = {
  active: {},
  expiring: { lasts: 5e6 },
  expired: { age: 25 * HOUR, lasts: 24 * HOUR },
  revoked: { revoked: true },
  aal2: {},
}

const oneOf = (value: unknown, name: string, known: readonly string[]): string => {
  if (typeof value === 'string' && known.includes(value)) return value
  const near = typeof value === 'string' ? nearest(value, known) : undefined
  const remedy = near === undefined ? `It is one of ${known.join(', ')}.` : `Did you mean ${near}?`
  throw refuse(`"${name}" is ${shown(value)}. ${remedy}`)
}

/** By id, by what `seed` gave, or by what somebody types in to sign in. */
const readIdentity = (world: World, value: unknown): Identity => {
  const { identities, claims } = world.store.tables
  const name = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  if (typeof name !== 'string')
    throw refuse(`${shown(value)} is no identity: it takes an id, an object with an id, or an address to sign in with.`)
  const holder = ['password', 'code'].flatMap((type) => holderOf(claims, claim.identifier(type, name)) ?? [])[0]
  const found = identities.get({ id: name }) ?? (holder === undefined ? undefined : identities.get({ id: holder }))
  if (found === undefined)
    throw refuse(`There is no identity ${shown(name)}, be it by id or by what it signs in with. Seed it first.`, 404)
  if (found.state !== 'active')
    throw refuse(`Identity ${found.id} is ${found.state}: it cannot sign in. Set its state to active first.`, 409)
  return found
}

const readDevice = (world: World, value: unknown): Device => {
  const fields = readFields(value ?? {}, ['ip_address', 'user_agent', 'location'])
  const part = (key: keyof typeof fields): string | null => {
    const one = fields[key] ?? null
    if (one === null || typeof one === 'string') return one
    throw refuse(`"${key}" of a device is a text, not ${shown(one)}.`)
  }
  return {
    id: world.random.uuid(),
    ip_address: part('ip_address') ?? '127.0.0.1',
    user_agent: part('user_agent'),
    location: part('location') ?? '',
  }
}

/** Signs an identity in without a flow. @throws KratosError for what is no such sign-in; then nothing was stored. */
export const signInAtOnce = (world: World, input: unknown): SignedIn => {
  const given = readFields(input, ['identity', 'method', 'aal', 'device', 'state'])
  const identity = readIdentity(world, given.identity)
  const state = oneOf(given.state ?? 'active', 'state', Object.keys(STATES))
  const method = oneOf(given.method ?? 'password', 'method', Object.keys(METHODS))
  const level = METHODS[method] === 'aal2' || state === 'aal2' ? 'aal2' : 'aal1'
  const aal = oneOf(given.aal ?? level, 'aal', ['aal1', 'aal2'])
  const proofs: Proof[] = [METHODS[method] === 'aal2' ? { method: 'password', aal: 'aal1' } : { method, aal: 'aal1' }]
  if (aal === 'aal2') proofs.push({ method: METHODS[method] === 'aal2' ? method : 'totp', aal: 'aal2' })
  const device = readDevice(world, given.device)
  const { age = 0, lasts, revoked } = STATES[state]!
  const fresh = newSession(world, identity, proofs, [device], lasts)
  const session = { ...(age === 0 ? fresh : earlier(fresh, age)), active: revoked !== true }
  world.store.write((draft) => draft.putSession(session))
  const active = isActive(session, identity, world.clock.now())
  return {
    session: JSON.parse(shownSession(world, session, identity, active)) as SignedIn['session'],
    token: session.token,
    cookie: `${world.selfService.cookieName}=${session.token}`,
  }
}

/** The same session, begun that long ago. */
const earlier = (session: Session, age: Micros): Session => {
  const issued = momentAt(session.created - age)
  const expires = momentAt(session.expires - age)
  return {
    ...session,
    issued_at: issued.text,
    created: issued.micros,
    authenticated_at: issued.text,
    expires_at: expires.text,
    expires: expires.micros,
    authentication_methods: session.authentication_methods!.map((one) => ({ ...one, completed_at: issued.text })),
  }
}

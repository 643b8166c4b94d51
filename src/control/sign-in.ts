import { normalIdentifier } from '../api/identities/credential-types.ts'
import { isActive } from '../api/sessions/liveness.ts'
import { newSession, shownSession, type Proof } from '../flows/sign-in.ts'
import type { SignedIn, SignInOptions } from '../mock-interface.ts'
import type { Identity } from '../model/identity.ts'
import { shown } from '../model/flaw.ts'
import { anything, leaf, object, word } from '../model/kinds.ts'
import type { Device, Session } from '../model/session.ts'
import { momentAt, type Micros } from '../model/time.ts'
import { claim, identityHolding } from '../store/claims.ts'
import type { World } from '../world/world.ts'
import { readBy, refuse } from './inputs.ts'
import { SIGN_IN_METHODS, type SignInMethod } from '../model/sign-in-methods.ts'

const HOUR = 3600e6

/** States by name, as fixtures have them: how long ago the session began, how long it lasts, whether it is revoked. */
const STATES: Readonly<
  Record<
    NonNullable<SignInOptions['state']>,
    { readonly age?: Micros; readonly lasts?: Micros; readonly revoked?: true }
  >
> = {
  active: {},
  expiring: { lasts: 5e6 },
  expired: { age: 25 * HOUR, lasts: 24 * HOUR },
  revoked: { revoked: true },
  aal2: {},
}

const wordsOf = <W extends string>(table: Readonly<Record<W, unknown>>): readonly W[] => Object.keys(table) as W[]

/** A text, or null where nothing is known of it. */
const part = leaf<string | null>('a text', {}, (value) =>
  value === null || typeof value === 'string' ? value : undefined,
)

const signIn = object(
  {
    identity: anything,
    method: word(wordsOf<SignInMethod>(SIGN_IN_METHODS)),
    aal: word(['aal1', 'aal2']),
    device: object({ ip_address: part, user_agent: part, location: part }),
    state: word(wordsOf(STATES)),
  },
  { what: 'a JSON object with identity, method, aal, device and state' },
)

/** By id, by what `seed` gave, or by what somebody types in to sign in. */
const readIdentity = (world: World, value: unknown): Identity => {
  const { tables } = world.store
  const name = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  if (typeof name !== 'string')
    throw refuse(`${shown(value)} is no identity: it takes an id, an object with an id, or an address to sign in with.`)
  const holding = (type: string): Identity | undefined =>
    identityHolding(tables, claim.identifier(type, normalIdentifier(type, name, world.profile)))
  const found = tables.identities.get({ id: name }) ?? holding('password') ?? holding('code')
  if (found === undefined)
    throw refuse(`There is no identity ${shown(name)}, be it by id or by what it signs in with. Seed it first.`, 404)
  if (found.state !== 'active')
    throw refuse(`Identity ${found.id} is ${found.state}: it cannot sign in. Set its state to active first.`, 409)
  return found
}

/** Signs an identity in without a flow. @throws KratosError for what is no such sign-in; then nothing was stored. */
export const signInAtOnce = (world: World, input: unknown): SignedIn => {
  const given = readBy(signIn, input)
  const identity = readIdentity(world, given.identity)
  const { state = 'active', method = 'password' } = given
  const { aal = SIGN_IN_METHODS[method] === 'aal2' || state === 'aal2' ? 'aal2' : 'aal1' } = given
  const proofs: Proof[] = [
    SIGN_IN_METHODS[method] === 'aal2' ? { method: 'password', aal: 'aal1' } : { method, aal: 'aal1' },
  ]
  if (aal === 'aal2') proofs.push({ method: SIGN_IN_METHODS[method] === 'aal2' ? method : 'totp', aal: 'aal2' })
  const { ip_address, user_agent, location } = given.device ?? {}
  const device: Device = {
    id: world.random.uuid(),
    ip_address: ip_address ?? '127.0.0.1',
    user_agent: user_agent ?? null,
    location: location ?? '',
  }
  const { age = 0, lasts, revoked } = STATES[state]
  const fresh = newSession(world, identity, proofs, [device], lasts)
  const session = { ...(age === 0 ? fresh : earlier(fresh, age)), active: revoked !== true }
  world.store.write((draft) => draft.putSession(world.database?.session(session) ?? session))
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

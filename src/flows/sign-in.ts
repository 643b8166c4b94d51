import { textOf, type Bytes } from '../go/bytes.ts'
import { isPrivateIp } from '../go/private-ip.ts'
import { NIL_UUID } from '../go/uuid.ts'
import { KratosError } from '../model/errors.ts'
import { identityJson } from '../api/identities/identity-json.ts'
import type { Identity, JsonText } from '../model/identity.ts'
import type { Device, Session } from '../model/session.ts'
import { momentAt, orderOf, parseTime } from '../model/time.ts'
import { schemaUrl } from '../api/schemas/identity-schema.ts'
import { identityMember, sessionJson } from '../api/sessions/session-json.ts'
import { levelOf } from '../api/sessions/assurance.ts'
import { ownedRange } from '../store/tables.ts'
import type { World } from '../world/world.ts'
import { FormProblem } from './problems.ts'
import type { FlowRequest } from './reply.ts'
import { texts } from './texts.ts'
import type { Visit } from './visit.ts'

/** What somebody proved to be who they are with. */
export interface Proof {
  readonly method: string
  readonly aal: 'aal1' | 'aal2'
}

/** In one process nobody has an address; Kratos shows the port as well. */
const NOBODY = '127.0.0.1:49152'

/** Who a proxy says that it speaks for: of those it names, the last who is in no private network; nobody else. */
const forwardedFor = (header: string): string =>
  header
    .split(',')
    .map((one) => one.trim())
    .findLast((one) => !isPrivateIp(one)) ?? ''

/** How many bytes Kratos keeps of where a device is and what it calls itself. */
const MOST_BYTES = 512

/** A header's text, its end cut off where it is too long, with all of a letter that is cut. */
const kept = (header: Bytes): string => {
  if (header.length <= MOST_BYTES) return textOf(header)
  let end = MOST_BYTES
  while (end > 0 && textOf(header.slice(0, end)).includes('\ufffd')) end--
  return textOf(header.slice(0, end))
}

/** What a request says of the device that it comes from (session/session.go SetSessionDeviceInformation, httpx ClientIP). */
export const deviceOf = (world: World, request: Pick<FlowRequest, 'header'>): Device => {
  const said = (name: string): Bytes | undefined => request.header(name) || undefined
  const forwarded = said('x-forwarded-for')
  const ip =
    said('true-client-ip') ??
    said('cf-connecting-ip') ??
    said('x-real-ip') ??
    (forwarded === undefined ? NOBODY : forwardedFor(forwarded))
  const agent = request.header('user-agent')
  return {
    id: world.random.uuid(),
    ip_address: textOf(ip),
    user_agent: agent === undefined ? null : kept(agent),
    location: kept(['cf-ipcity', 'cf-ipcountry'].flatMap((name) => said(name) ?? []).join(', ')),
  }
}

/** A session in the making, of somebody who has just proved something. */
export const newSession = (
  world: World,
  identity: Pick<Identity, 'id'>,
  proofs: readonly Proof[],
  devices: readonly Device[],
  lifespan: number = world.selfService.sessionLifespan,
): Session => {
  const now = world.clock.now()
  const at = momentAt(now)
  const until = momentAt(now + lifespan)
  const { created, owned, layout } = world.store.tables
  const [from] = ownedRange(world.store.tables, identity.id)
  const latest = layout.order === 'authenticated_at' ? owned.slice(from, from + 1)[0]?.authenticated_at : undefined
  // Lists that go by this time show it: where the clock stands still, it is a moment later.
  const proven = momentAt(orderOf(at.micros, latest === undefined ? undefined : parseTime(latest)?.micros))
  const methods = proofs.map(({ method, aal }) => ({ method, aal, completed_at: at.text }))
  return {
    id: world.random.uuid(),
    identity_id: identity.id,
    active: true,
    expires_at: until.text,
    expires: until.micros,
    authenticated_at: proven.text,
    authenticator_assurance_level: levelOf(world, methods),
    authentication_methods: methods,
    issued_at: at.text,
    created: orderOf(at.micros, created.slice(0, 1)[0]?.created),
    devices,
    token: world.random.sessionToken(),
    place: 0,
  }
}

/** The identity is not to sign in (identity/identity.go ErrIdentityDisabled). */
const disabled = ({ id }: Identity): KratosError =>
  new KratosError(401, {
    message: 'identity is disabled',
    reason: 'This account was disabled.',
    details: { identity_id: id },
  })

/** A session as an answer shows it: of a repeated login with its time and the device that it came from, which are not kept. */
export interface SignedIn {
  readonly session: Session
  readonly shown: Session
}

/**
 * A session of somebody who signs in, not stored yet: a new one, or their own anew (session/manager_http.go
 * ActivateSession).
 * @throws FormProblem, or before the next release KratosError 401, for an inactive identity.
 */
export const activated = (visit: Visit, identity: Identity, proof: Proof, again?: Session): SignedIn => {
  const { world, request } = visit
  visit.about = identity.id
  if (identity.state !== 'active')
    throw visit.isNext ? new FormProblem({ message: texts.identityDisabled }) : disabled(identity)
  const device = deviceOf(world, request)
  const fresh = newSession(world, identity, [proof], [device])
  const methods = [...(again?.authentication_methods ?? []), ...fresh.authentication_methods!]
  const session: Session =
    again === undefined
      ? fresh
      : {
          ...again,
          expires_at: fresh.expires_at,
          expires: fresh.expires,
          authenticated_at: fresh.authenticated_at,
          authentication_methods: methods,
          authenticator_assurance_level: levelOf(world, methods),
        }
  if (again === undefined) return { session, shown: session }
  const devices = [...session.devices, { ...device, id: NIL_UUID }]
  return { session, shown: { ...session, issued_at: fresh.issued_at, devices } }
}

export const keepSession = ({ database, store }: World, session: Session): void =>
  store.write((draft) => draft.putSession(database?.session(session) ?? session))

/** Signs somebody in anew. @throws as `activated` does. */
export const signIn = (visit: Visit, identity: Identity, proof: Proof): Session => {
  const { session } = activated(visit, identity, proof)
  keepSession(visit.world, session)
  return session
}

/** An identity as flows show it: whole, but for credentials and what is an administrator's. */
export const shownIdentity = (world: World, identity: Identity): JsonText =>
  identityJson(identity, { schemaUrl: schemaUrl(world, identity.schema_id), addresses: true, metadataAdmin: false })

export const shownSession = (world: World, session: Session, identity: Identity | undefined, active = true): JsonText =>
  sessionJson(world, session, {
    forAdmin: false,
    active,
    ...(identity === undefined ? {} : { identity: identityMember(shownIdentity(world, identity)) }),
    devices: session.devices,
  })

/** What ends a browser's session: the token of that session read backwards, since Kratos draws one for each. */
export const logoutToken = ({ token }: Session): string =>
  `ory_lo_${Array.from(token.replace(/^ory_st_/, ''))
    .toReversed()
    .join('')}`

import { below, placeOf, type Pointer } from '../model/flaw.ts'
import type { AuthenticationMethod, Device, Session } from '../model/session.ts'
import { writableMoment, type Moment } from '../model/time.ts'
import { keysOf, type Checker, type Fields } from './checker.ts'
import type { FixtureAuthenticationMethod, FixtureDevice, FixtureSession, NamedSession } from './fixture.ts'
import type { IdentityDraft } from './identity.ts'
import { mapped } from '../model/mapped.ts'

export const SESSION_KEYS: readonly (keyof FixtureSession)[] = keysOf<FixtureSession>()([
  'id',
  'active',
  'expires_at',
  'authenticated_at',
  'authenticator_assurance_level',
  'authentication_methods',
  'issued_at',
  'identity',
  'devices',
  'tokenized',
  'identity_id',
  'created_at',
  'token',
])

export const METHOD_KEYS: readonly (keyof FixtureAuthenticationMethod)[] = keysOf<FixtureAuthenticationMethod>()([
  'method',
  'aal',
  'completed_at',
  'provider',
  'organization',
  'upstream_acr',
  'upstream_amr',
])
export const DEVICE_KEYS: readonly (keyof FixtureDevice)[] = keysOf<FixtureDevice>()([
  'id',
  'ip_address',
  'user_agent',
  'location',
])
const HOUR = 3600e6

/** Sessions by the name of their state. */
export const STATES: Readonly<Record<NamedSession, Fields>> = {
  active: {},
  expiring: { expires_at: '+5s' },
  expired: { issued_at: '-25h', expires_at: '-1h' },
  revoked: { active: false },
  aal2: {
    authenticator_assurance_level: 'aal2',
    authentication_methods: [
      { method: 'password', aal: 'aal1' },
      { method: 'totp', aal: 'aal2' },
    ],
  },
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A session's row in the making: what is missing of ids, token and owner is empty until it is planted. */
export interface SessionRow extends Writable<Omit<Session, 'devices'>> {
  readonly devices: readonly Writable<Device>[]
}

/** A session where it was given: there are many, so that its pointer is made where something is wrong with it. */
export interface SessionDraft {
  /** The array or object that it stands in. */
  readonly among: Pointer
  /** Its place there; undefined for one that stands alone. */
  readonly key: string | number | undefined
  /** The identity that it stands under. */
  under: IdentityDraft | undefined
  /** Whether nothing is wrong with it, so that its row can be used. */
  readonly isSound: boolean
  readonly row: SessionRow
}

/** What somebody signed in with to be at a level. */
const usualMethods = (level: string, completed_at: string): readonly AuthenticationMethod[] => {
  const password = { method: 'password', aal: 'aal1', completed_at }
  return level === 'aal2' ? [password, { method: 'totp', aal: 'aal2', completed_at }] : [password]
}

const NOTHING: Fields = {}

const methodsOf = (
  check: Checker,
  value: unknown,
  pointer: Pointer,
  { done, level }: { readonly done: string; readonly level: string },
): readonly AuthenticationMethod[] | null => {
  if (value === null) return null
  if (value === undefined) return level === 'aal0' ? null : usualMethods(level, done)
  const place = below(pointer, 'authentication_methods')
  return check.list(value, place, 'an array of authentication methods').map((one, n) => {
    const at = below(place, n)
    const fields = check.fields(one, at, METHOD_KEYS, 'an authentication method') ?? NOTHING
    const method = {
      method: check.text(fields['method'], at, 'method') ?? 'password',
      aal: check.text(fields['aal'], at, 'aal') ?? 'aal1',
      completed_at: check.time(fields['completed_at'], at, 'completed_at')?.text ?? done,
    }
    const provider = check.text(fields['provider'], at, 'provider')
    const organization = check.text(fields['organization'], at, 'organization')
    const upstream_acr = check.text(fields['upstream_acr'], at, 'upstream_acr')
    const amr = check.list(fields['upstream_amr'], [...at, 'upstream_amr'], 'an array of strings')
    if (provider === undefined && organization === undefined && upstream_acr === undefined && amr.length === 0)
      return method
    const upstream_amr = amr.flatMap((text, k) => check.text(text, [...at, 'upstream_amr', k]) ?? [])
    return {
      ...method,
      ...(provider === undefined ? {} : { provider }),
      ...(organization === undefined ? {} : { organization }),
      ...(upstream_acr === undefined ? {} : { upstream_acr }),
      ...(upstream_amr.length === 0 ? {} : { upstream_amr }),
    }
  })
}

const NO_DEVICES: SessionRow['devices'] = []

const devicesOf = (check: Checker, value: unknown, pointer: Pointer): SessionRow['devices'] => {
  const all = check.list(value, pointer, 'an array of devices', 'devices')
  if (all.length === 0) return NO_DEVICES
  const at = below(pointer, 'devices')
  return mapped(all, (one, n) => {
    const where = below(at, n)
    const device = check.fields(one, where, DEVICE_KEYS, 'a device') ?? NOTHING
    const id = check.uuid(device['id'], where, 'id') ?? ''
    const ip_address = check.common(device['ip_address'], where, 'ip_address') ?? null
    const user_agent = check.common(device['user_agent'], where, 'user_agent') ?? null
    const location = check.common(device['location'], where, 'location') ?? null
    return { id, ip_address, user_agent, location }
  })
}

/** Understands a session: a named state, or as Kratos prints it, with anything left out. */
export const sessionDraft = (
  check: Checker,
  value: unknown,
  among: Pointer,
  key: string | number | undefined,
): SessionDraft | undefined => {
  const pointer = placeOf(among, key)
  if (typeof value === 'string') {
    const state = check.oneOf(value, pointer, Object.keys(STATES) as NamedSession[])
    return state === undefined ? undefined : sessionDraft(check, STATES[state], among, key)
  }
  const before = check.total
  const fields = check.fields(value, pointer, SESSION_KEYS, 'a session, or the name of a state')
  if (fields === undefined) return undefined
  const time = (what: string): Moment | undefined => check.time(fields[what], pointer, what)
  const ending = time('expires_at')
  // Those that follow each other are a minute apart, so that a list has them in their order.
  const usual = check.now - HOUR - (Number(key) || 0) * 60e6
  const issued =
    time('issued_at') ?? writableMoment(ending === undefined ? usual : Math.min(usual, ending.micros - HOUR))
  const created = time('created_at') ?? issued
  const authenticated = time('authenticated_at') ?? issued
  const expires = ending ?? writableMoment(Math.max(issued.micros, check.now - HOUR) + 24 * HOUR)
  const aal = check.text(fields['authenticator_assurance_level'], pointer, 'authenticator_assurance_level') ?? 'aal1'
  const authentication_methods = methodsOf(check, fields['authentication_methods'], pointer, {
    done: authenticated.text,
    level: aal,
  })
  const devices = devicesOf(check, fields['devices'], pointer)
  const active = check.flag(fields['active'], pointer, 'active') ?? true
  const inner = fields['identity'] as Fields | null | undefined
  const inside =
    typeof inner === 'object' && inner !== null ? check.uuid(inner['id'], [...pointer, 'identity'], 'id') : undefined
  const owner = check.reference(fields['identity_id'], pointer, 'identity_id') ?? inside
  if (inside !== undefined && owner !== inside)
    check.flaw([...pointer, 'identity_id'], `the id of its identity, ${inside}`, owner)
  const id = check.uuid(fields['id'], pointer, 'id')
  const token = check.text(fields['token'], pointer, 'token')
  const row: SessionRow = {
    id: id ?? '',
    identity_id: owner ?? '',
    active,
    expires_at: expires.text,
    expires: expires.micros,
    authenticated_at: authenticated.text,
    authenticator_assurance_level: aal,
    authentication_methods,
    issued_at: issued.text,
    created: created.micros,
    devices,
    token: token ?? '',
    place: 0,
  }
  return { among, key, under: undefined, isSound: check.total === before, row }
}

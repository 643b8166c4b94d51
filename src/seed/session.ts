import type { AuthenticationMethod, Session } from '../model/session.ts'
import { writableMoment } from '../model/time.ts'
import { keysOf, type Checker, type Fields, type Pointer } from './checker.ts'
import type { FixtureAuthenticationMethod, FixtureDevice, FixtureSession, NamedSession } from './fixture.ts'

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

/** A session whose missing id, token and device ids are drawn later. */
export interface SessionDraft {
  readonly pointer: Pointer
  readonly id: string | undefined
  readonly token: string | undefined
  /** Whose it is, where the session says so itself. */
  readonly owner: string | undefined
  /** Whether nothing is wrong with it, so that it can be built. */
  readonly isSound: boolean
  readonly build: (id: string, owner: string, token: string, draw: () => string) => Session
}

const methodsOf = (
  check: Checker,
  value: unknown,
  pointer: Pointer,
  done: string,
): readonly AuthenticationMethod[] | null => {
  if (value === null) return null
  if (value === undefined) return [{ method: 'password', aal: 'aal1', completed_at: done }]
  return check.list(value, pointer, 'an array of authentication methods').flatMap((one, n) => {
    const at = [...pointer, n]
    const fields = check.fields(one, at, METHOD_KEYS, 'an authentication method')
    if (fields === undefined) return []
    const optional = (key: string): Record<string, string> => {
      const text = check.text(fields[key], [...at, key])
      return text === undefined ? {} : { [key]: text }
    }
    return [
      {
        method: check.text(fields['method'], [...at, 'method']) ?? 'password',
        aal: check.text(fields['aal'], [...at, 'aal']) ?? 'aal1',
        completed_at: check.time(fields['completed_at'], [...at, 'completed_at'])?.text ?? done,
        ...optional('provider'),
        ...optional('organization'),
      },
    ]
  })
}

/** Understands a session: a named state, or as Kratos prints it, with anything left out. */
export const sessionDraft = (check: Checker, value: unknown, pointer: Pointer): SessionDraft | undefined => {
  if (typeof value === 'string') {
    const state = check.oneOf(value, pointer, Object.keys(STATES) as NamedSession[])
    return state === undefined ? undefined : sessionDraft(check, STATES[state], pointer)
  }
  const before = check.flaws.length
  const fields = check.fields(value, pointer, SESSION_KEYS, 'a session, or the name of a state')
  if (fields === undefined) return undefined
  const at = (key: string): Pointer => [...pointer, key]
  const ending = check.time(fields['expires_at'], at('expires_at'))
  // Those that follow each other are a minute apart, so that a list has them in their order.
  const usual = check.now - HOUR - (Number(pointer.at(-1)) || 0) * 60e6
  const issued =
    check.time(fields['issued_at'], at('issued_at')) ??
    writableMoment(ending === undefined ? usual : Math.min(usual, ending.micros - HOUR))
  const created = check.time(fields['created_at'], at('created_at')) ?? issued
  const proven = check.time(fields['authenticated_at'], at('authenticated_at')) ?? issued
  // Equal times share one text.
  const authenticated = proven.text === issued.text ? issued : proven
  const expires = ending ?? writableMoment(Math.max(issued.micros, check.now - HOUR) + 24 * HOUR)
  const methods = methodsOf(check, fields['authentication_methods'], at('authentication_methods'), authenticated.text)
  const devices = check.list(fields['devices'], at('devices'), 'an array of devices').flatMap((one, n) => {
    const where = [...at('devices'), n]
    const device = check.fields(one, where, DEVICE_KEYS, 'a device')
    if (device === undefined) return []
    const part = (key: string): string | null => check.text(device[key], [...where, key]) ?? null
    return [
      {
        id: check.uuid(device['id'], [...where, 'id']),
        ip_address: part('ip_address'),
        user_agent: part('user_agent'),
        location: part('location'),
      },
    ]
  })
  const aal = check.text(fields['authenticator_assurance_level'], at('authenticator_assurance_level')) ?? 'aal1'
  const active = check.flag(fields['active'], at('active')) ?? true
  const inner = fields['identity'] as Fields | null | undefined
  const inside =
    typeof inner === 'object' && inner !== null ? check.uuid(inner['id'], [...at('identity'), 'id']) : undefined
  const owner = check.uuid(fields['identity_id'], at('identity_id')) ?? inside
  if (inside !== undefined && owner !== inside)
    check.flaw(at('identity_id'), `the id of its identity, ${inside}`, owner)
  return {
    pointer,
    id: check.uuid(fields['id'], at('id')),
    token: check.text(fields['token'], at('token')),
    owner,
    isSound: check.flaws.length === before,
    build: (id, identity_id, token, draw) => ({
      id,
      identity_id,
      active,
      expires_at: expires.text,
      expires: expires.micros,
      authenticated_at: authenticated.text,
      authenticated: authenticated.micros,
      authenticator_assurance_level: aal,
      authentication_methods: methods,
      issued_at: issued.text,
      created: created.micros,
      devices: devices.map((device) => ({ ...device, id: device.id ?? draw() })),
      token,
    }),
  }
}

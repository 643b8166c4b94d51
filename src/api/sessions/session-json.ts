import { goJson } from '../../model/json.ts'
import type { Device, Session } from '../../model/session.ts'
import type { World } from '../../world/world.ts'

/** What of a session an answer shows. */
export interface SessionParts {
  readonly active: boolean
  /** The identity as JSON, when it is expanded. */
  readonly identity?: string | undefined
  /** `null` where Kratos never loads them. */
  readonly devices: readonly Device[] | null
  /** Whether it is shown as the admin API does, with the identity last; the public API has it before the devices. */
  readonly forAdmin: boolean
  /** The session as a JWT, where that was asked for. */
  readonly tokenized?: string
}

/** Only a fixture can leave something of a device null. */
const deviceOf = (device: Device): object =>
  device.ip_address !== null && device.user_agent !== null && device.location !== null
    ? device
    : Object.fromEntries(Object.entries(device).filter(([, value]) => value !== null))

const devicesJson = (devices: readonly Device[] | null, nulls: boolean): string =>
  devices === null ? (nulls ? 'null' : '[]') : goJson(nulls ? devices : devices.map(deviceOf))

/** What a session looks like whatever the clock says: the part behind `active`, and its devices. */
interface Still {
  readonly times: string
  readonly devices: string
}

/** Rows never change, so each is serialized once for either way of sending what is not there. */
const stills = { nulls: new WeakMap<Session, Still>(), none: new WeakMap<Session, Still>() }

const stillOf = (session: Session, nulls: boolean): Still => {
  const known = stills[nulls ? 'nulls' : 'none']
  const there = known.get(session)
  if (there !== undefined) return there
  const methods = session.authentication_methods ?? (nulls ? null : [])
  const still = {
    times:
      `,"expires_at":"${session.expires_at}","authenticated_at":"${session.authenticated_at}"` +
      `,"authenticator_assurance_level":${goJson(session.authenticator_assurance_level)}` +
      `,"authentication_methods":${goJson(methods)},"issued_at":"${session.issued_at}"`,
    devices: devicesJson(session.devices, nulls),
  }
  known.set(session, still)
  return still
}

/** A session as Go's encoder writes it (session/session.go:72-148, AdminSession). */
export const sessionJson = (world: World, session: Session, parts: SessionParts): string => {
  const nulls = world.profile.has.nullForAbsent
  const inside = parts.identity ?? (nulls ? 'null' : undefined)
  const identity = inside === undefined ? '' : `,"identity":${inside}`
  const still = stillOf(session, nulls)
  const devices = parts.devices === session.devices ? still.devices : devicesJson(parts.devices, nulls)
  const start = `{"id":"${session.id}","active":${parts.active}${still.times}`
  if (parts.forAdmin) return `${start},"devices":${devices}${identity}}`
  const end = parts.tokenized === undefined ? '' : `,"tokenized":"${parts.tokenized}"`
  return `${start}${identity},"devices":${devices}${end}}`
}

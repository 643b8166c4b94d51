import { goJson } from '../../model/json.ts'
import type { Device, Session } from '../../model/session.ts'
import type { World } from '../../world/world.ts'

/** What of a session an answer shows. */
export interface SessionParts {
  readonly active: boolean
  /** The identity as a member, when it is expanded. */
  readonly identity?: string | undefined
  /** `null` where Kratos never loads them. */
  readonly devices: readonly Device[] | null
  /** Whether it is shown as the admin API does, with the identity last; the public API has it before the devices. */
  readonly forAdmin: boolean
  /** The session as a JWT, where that was asked for. */
  readonly tokenized?: string
}

/** An identity as a member of sessions that show it, in one block of memory. */
export const identityMember = (json: string): string => [',"identity":', json].join('')

const NO_IDENTITY = identityMember('null')

/** Only a fixture can leave something of a device null. */
const deviceOf = (device: Device): object =>
  device.ip_address !== null && device.user_agent !== null && device.location !== null
    ? device
    : Object.fromEntries(Object.entries(device).filter(([, value]) => value !== null))

const devicesJson = (devices: readonly Device[] | null, nulls: boolean): string =>
  devices === null ? (nulls ? 'null' : '[]') : goJson(nulls ? devices : devices.map(deviceOf))

/** A session as it was last shown with its own devices: what stands before and behind its identity. */
interface Shown {
  readonly active: boolean
  readonly forAdmin: boolean
  readonly nulls: boolean
  readonly before: string
  readonly behind: string
}

/** Rows never change, so each is written once for the way in which it was last shown. */
const lastShown = new WeakMap<Session, Shown>()

const shownOf = (session: Session, nulls: boolean, { active, forAdmin, devices }: SessionParts): Shown => {
  const methods = session.authentication_methods ?? (nulls ? null : [])
  const start = [
    `{"id":"${session.id}","active":${active}`,
    `,"expires_at":"${session.expires_at}","authenticated_at":"${session.authenticated_at}"`,
    `,"authenticator_assurance_level":${goJson(session.authenticator_assurance_level)}`,
    `,"authentication_methods":${goJson(methods)},"issued_at":"${session.issued_at}"`,
  ]
  const used = `,"devices":${devicesJson(devices, nulls)}`
  if (forAdmin) start.push(used)
  // Joined, it is one block of memory, which costs less to copy into each page than its pieces would.
  return { active, forAdmin, nulls, before: start.join(''), behind: forAdmin ? '' : used }
}

const partsOf = (session: Session, nulls: boolean, parts: SessionParts): Shown => {
  if (parts.devices !== session.devices) return shownOf(session, nulls, parts)
  const known = lastShown.get(session)
  if (known?.active === parts.active && known.forAdmin === parts.forAdmin && known.nulls === nulls) return known
  const made = shownOf(session, nulls, parts)
  lastShown.set(session, made)
  return made
}

/** A session as Go's encoder writes it (session/session.go:72-148, AdminSession). */
export const sessionJson = (world: World, session: Session, parts: SessionParts): string => {
  const nulls = world.profile.has.nullForAbsent
  const identity = parts.identity ?? (nulls ? NO_IDENTITY : '')
  const { before, behind } = partsOf(session, nulls, parts)
  const end = parts.tokenized === undefined ? '' : `,"tokenized":"${parts.tokenized}"`
  return `${before}${identity}${behind}${end}}`
}

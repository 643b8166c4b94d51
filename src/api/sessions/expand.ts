import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Session } from '../../model/session.ts'
import type { World } from '../../world/world.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside, type HeadersSoFar } from '../identities/read-identity.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { isActive } from './liveness.ts'
import { identityMember, sessionJson } from './session-json.ts'

/** What of a session is loaded with it. */
export interface Expand {
  readonly identity: boolean
  readonly devices: boolean
}

/** Reads `expand`, repeatable and in any case (session/expand.go:24-35). @throws KratosError 400 for another word. */
export const parseExpand = (values: readonly Bytes[]): Expand => {
  const words = values.map((value) => value.toLowerCase())
  const unknown = words.findIndex((word) => word !== 'identity' && word !== 'devices')
  if (unknown >= 0) throw new KratosError(400, { reason: `Could not parse expand option: ${textOf(values[unknown]!)}` })
  return { identity: words.includes('identity'), devices: words.includes('devices') }
}

/** How an operation shows sessions. */
interface Showing {
  /** Of a list; Kratos loads addresses, and makes a slice of devices, for one session alone. */
  readonly listed?: boolean
  readonly asPublic?: boolean
  readonly headers?: HeadersSoFar
}

/** A session of the admin API with what was asked for. */
export const expandedJson = (
  world: World,
  session: Session,
  expand: Expand,
  { listed = false, asPublic = false, headers }: Showing = {},
): string => {
  const forAdmin = !world.profile.has.adminSessionsAsPublic && !asPublic
  const identity = expand.identity ? world.store.tables.identities.get({ id: session.identity_id }) : undefined
  if (identity !== undefined) checkInside(world, identity, listed, headers)
  const inside =
    identity &&
    identityJson(identity, {
      schemaUrl: schemaUrl(world, identity.schema_id),
      addresses: !listed,
      metadataAdmin: forAdmin,
    })
  const none = listed ? null : []
  return sessionJson(world, session, {
    forAdmin,
    active: isActive(session, identity, world.clock.now()),
    ...(inside === undefined ? {} : { identity: identityMember(inside) }),
    devices: expand.devices && (session.devices.length > 0 || !listed) ? session.devices : none,
  })
}

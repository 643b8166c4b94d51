import type { Identity } from '../../model/identity.ts'
import type { List } from '../../model/list.ts'
import type { Session } from '../../model/session.ts'
import type { Micros, Validity } from '../../model/time.ts'
import type { Exchange } from '../exchange.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/read-identity.ts'
import { offsetLinks } from '../paging/links.ts'
import { listHeaders } from '../json.ts'
import type { OffsetPage } from '../paging/offset.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { isActive } from './liveness.ts'
import { identityMember, sessionJson } from './session-json.ts'

/** Rows never change, so each is serialized once for the schema URL and the API that it was last shown with. */
const insides = new WeakMap<Identity, { readonly url: string; readonly forAdmin: boolean; readonly json: string }>()

const bareIdentity = (identity: Identity, url: string, forAdmin: boolean): string => {
  const known = insides.get(identity)
  if (known?.url === url && known.forAdmin === forAdmin) return known.json
  const json = identityMember(identityJson(identity, { schemaUrl: url, addresses: false, metadataAdmin: forAdmin }))
  insides.set(identity, { url, forAdmin, json })
  return json
}

/** Some of the sessions of one identity. */
export interface SessionPage {
  readonly sessions: readonly Session[]
  readonly identity: Identity | undefined
  readonly page: OffsetPage
  readonly total: number
  readonly now: Micros
  /** How long the page stays as it is, as far as the clock goes. */
  readonly fresh: Validity
}

/** A page of one identity's sessions, each with the bare identity inside. */
export const sessionList = (exchange: Exchange, found: SessionPage, server: 'admin' | 'public'): List => {
  const { world } = exchange
  const { identity, sessions, now, total, fresh } = found
  const bare = world.profile.has.listedSessionsBare
  const links = offsetLinks(exchange, found.page, total)
  if (identity !== undefined && sessions.length > 0)
    checkInside(world, identity, true, () => listHeaders(exchange, { links, total }))
  const url = identity === undefined || bare ? '' : schemaUrl(world, identity.schema_id)
  const forAdmin = server === 'admin' && !world.profile.has.adminSessionsAsPublic
  const inside = identity && bareIdentity(identity, url, forAdmin)
  const items = sessions.map((session) => {
    const active = isActive(session, identity, now)
    const devices = bare && session.devices.length === 0 ? null : session.devices
    return sessionJson(world, session, { forAdmin, active, identity: inside, devices })
  })
  return { items, links, total, fresh }
}

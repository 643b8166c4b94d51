import type { Identity } from '../../model/identity.ts'
import type { SessionPage } from './list-identity-sessions.ts'
import { isActive } from './liveness.ts'
import type { Answer } from '../../model/answer.ts'
import type { Exchange } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from '../identities/identity-json.ts'
import { checkInside } from '../identities/readable.ts'
import { jsonAnswer } from '../json.ts'
import { offsetLink } from '../paging/link.ts'
import { sessionJson } from './session-json.ts'

/** Rows never change, so each is serialized once for the schema URL and the API that it was last shown with. */
const insides = new WeakMap<Identity, { readonly url: string; readonly forAdmin: boolean; readonly json: string }>()

const bareIdentity = (identity: Identity, url: string, forAdmin: boolean): string => {
  const known = insides.get(identity)
  if (known?.url === url && known.forAdmin === forAdmin) return known.json
  const json = identityJson(identity, { schemaUrl: url, addresses: false, metadataAdmin: forAdmin })
  insides.set(identity, { url, forAdmin, json })
  return json
}

/** A page of one identity's sessions, each with the bare identity inside. */
export const sessionPageAnswer = (exchange: Exchange, found: SessionPage, server: 'admin' | 'public'): Answer => {
  const { world } = exchange
  const { identity, sessions, now } = found
  const bare = world.profile.has.listedSessionsBare
  const headers = { Link: offsetLink(exchange, found.page, found.total), 'X-Total-Count': String(found.total) }
  if (identity !== undefined && sessions.length > 0) checkInside(world, identity, true, headers)
  const url = identity === undefined || bare ? '' : schemaUrl(world, identity.schema_id)
  const forAdmin = server === 'admin' && !world.profile.has.adminSessionsAsPublic
  const inside = identity && bareIdentity(identity, url, forAdmin)
  // Concatenated, it is copied once, when it is sent.
  let items = ''
  for (const session of sessions) {
    const active = isActive(session, identity, now)
    const devices = bare && session.devices.length === 0 ? null : session.devices
    items += `${items === '' ? '' : ','}${sessionJson(world, session, { forAdmin, active, identity: inside, devices })}`
  }
  return { ...jsonAnswer(`[${items}]`, headers), fresh: found.validity }
}

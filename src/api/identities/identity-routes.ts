import { deleteIdentity, deleteIdentityCredentials } from './delete-identity-credentials.ts'
import { getIdentity, getIdentityByExternalId, type OneIdentity } from './get-identity.ts'
import { listIdentities, type IdentitiesFound } from './list-identities.ts'
import { NIL_UUID } from '../../go/uuid.ts'
import type { Answer } from '../../model/answer.ts'
import { credentialsJson } from './credentials-json.ts'
import type { Exchange } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { identityJson } from './identity-json.ts'
import { checkPrinted } from './readable.ts'
import { jsonAnswer, lasting, noContent } from '../json.ts'
import { linkTo, pageLink } from '../paging/link.ts'
import type { RouteTable } from '../route-table.ts'

/** An identity as the admin API shows it by itself. */
export const adminIdentityJson = (
  { world }: Exchange,
  { identity, included }: { identity: OneIdentity['identity']; included: readonly string[] | undefined },
): string => {
  const credentials =
    included === undefined ? undefined : credentialsJson(identity, included, !world.profile.knows('v25.4.0'))
  return identityJson(identity, {
    schemaUrl: schemaUrl(world, identity.schema_id),
    addresses: true,
    metadataAdmin: true,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

const pagingHeaders = (exchange: Exchange, { paging }: IdentitiesFound): Readonly<Record<string, string>> => {
  if (paging.by === 'page')
    return { Link: pageLink(exchange, paging.page, paging.total), 'X-Total-Count': String(paging.total) }
  const page_size = String(paging.size)
  const without = paging.byPerPage ? ['per_page'] : []
  const links = [linkTo(exchange, 'first', { page_size, page_token: NIL_UUID }, without)]
  if (paging.next !== undefined) links.push(linkTo(exchange, 'next', { page_size, page_token: paging.next }, without))
  return { Link: links.join(',') }
}

const listed = (exchange: Exchange): Answer => {
  const found = listIdentities(exchange.world, exchange.query)
  const headers = pagingHeaders(exchange, found)
  for (const identity of found.identities) checkPrinted(exchange.world, identity, headers)
  const items = found.identities.map((identity) => adminIdentityJson(exchange, { identity, included: found.included }))
  return lasting(jsonAnswer(`[${items.join(',')}]`, headers))
}

export const identityRoutes: RouteTable = {
  deleteIdentity: (exchange) => {
    deleteIdentity(exchange.world, exchange.param('id'))
    return noContent(false)
  },
  deleteIdentityCredentials: (exchange) => {
    const { world, query } = exchange
    deleteIdentityCredentials(world, {
      id: exchange.param('id'),
      type: exchange.param('type'),
      identifier: query.get('identifier'),
    })
    return noContent(false)
  },
  listIdentities: listed,
  getIdentity: (exchange) => {
    const input = { id: exchange.param('id'), include: exchange.query.all('include_credential') }
    return lasting(jsonAnswer(adminIdentityJson(exchange, getIdentity(exchange.world, input))))
  },
  getIdentityByExternalID: (exchange) => {
    const input = { externalId: exchange.param('externalID'), include: exchange.query.all('include_credential') }
    return lasting(jsonAnswer(adminIdentityJson(exchange, getIdentityByExternalId(exchange.world, input))))
  },
}

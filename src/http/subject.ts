import { textOf } from '../model/bytes.ts'
import type { Identity } from '../model/identity.ts'
import type { OperationId } from '../model/operations.ts'
import type { Session } from '../model/session.ts'
import { parseUuid } from '../model/uuid.ts'
import { claimKey } from '../store/claims.ts'
import { callerToken } from './caller-token.ts'
import type { Exchange } from './exchange.ts'

const OF_CALLER: readonly (OperationId | undefined)[] = ['toSession', 'listMySessions', 'disableMyOtherSessions']

const idOf = (exchange: Exchange): string | undefined => {
  const id = parseUuid(exchange.param('id'))
  return typeof id === 'string' ? id : undefined
}

/** The session that a request is about: the one in its path, or the caller's own. */
export const sessionOf = (exchange: Exchange): Session['id'] | undefined => {
  const { operation, world } = exchange
  if (operation === undefined) return undefined
  if (OF_CALLER.includes(operation.id)) {
    const token = callerToken(exchange)
    return token === undefined ? undefined : world.store.tables.tokens.get({ token })?.id
  }
  return /^(?:\/admin)?\/sessions\/\{id\}/.test(operation.path) ? idOf(exchange) : undefined
}

/** The identity that a request is about: the one in its path, or the owner of the session that it is about. */
export const identityOf = (exchange: Exchange): Identity['id'] | undefined => {
  const { operation, world } = exchange
  if (operation === undefined) return undefined
  const { tables } = world.store
  if (operation.path.startsWith('/admin/identities/{id}')) return idOf(exchange)
  if (operation.id === 'getIdentityByExternalID') {
    return tables.claims.get({ key: claimKey.external(textOf(exchange.param('externalID'))) })?.identity_id
  }
  const id = sessionOf(exchange)
  return id === undefined ? undefined : tables.sessions.get({ id })?.identity_id
}

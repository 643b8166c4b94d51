import { escapedText, type Bytes } from '../go/bytes.ts'
import type { Flow } from '../model/flow.ts'
import type { Identity } from '../model/identity.ts'
import { isOfCaller, type Operation } from '../model/operations.ts'
import type { Session } from '../model/session.ts'
import { parseUuid } from '../go/uuid.ts'
import type { Query } from '../go/query.ts'
import { claim, holderOf } from '../store/claims.ts'
import { callerToken, type Headed } from './sessions/caller-token.ts'

/** A request as far as it says whom it is about. */
interface Asked extends Headed {
  readonly operation: Operation | undefined
  readonly query: Query
  param(name: string): Bytes
}

const idOf = (asked: Asked): string | undefined => {
  const id = parseUuid(asked.param('id'))
  return typeof id === 'string' ? id : undefined
}

/** The session that a request is about: the one in its path, or the caller's own. */
export const sessionOf = (asked: Asked): Session['id'] | undefined => {
  const { operation, world } = asked
  if (operation === undefined) return undefined
  if (isOfCaller(operation)) {
    const token = callerToken(asked)
    return token === undefined ? undefined : world.store.tables.tokens.get({ token })?.id
  }
  return operation.about === 'session' ? idOf(asked) : undefined
}

/** The self-service flow that a request reads or submits. */
export const flowOf = ({ operation, query }: Asked): Flow['id'] | undefined => {
  const name = operation?.flow
  const id = name === undefined ? undefined : parseUuid(query.get(name))
  return typeof id === 'string' ? id : undefined
}

/** The identity that a request is about: the one in its path, or the owner of the session that it is about. */
export const identityOf = (asked: Asked): Identity['id'] | undefined => {
  const { operation, world } = asked
  if (operation === undefined) return undefined
  const { tables } = world.store
  if (operation.about === 'identity') return idOf(asked)
  if (operation.about === 'externalID')
    return holderOf(tables.claims, claim.external(world.store.layout.collate(escapedText(asked.param('externalID')))))
  const id = sessionOf(asked)
  return id === undefined ? undefined : tables.sessions.get({ id })?.identity_id
}

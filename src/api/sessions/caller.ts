import { KratosError } from '../../model/errors.ts'
import type { HeaderList } from '../../model/headers.ts'
import type { Identity } from '../../model/identity.ts'
import type { Session } from '../../model/session.ts'
import type { World } from '../../world/world.ts'
import type { Exchange } from '../exchange.ts'
import { checkRead } from '../identities/read-identity.ts'
import { callerToken } from './caller-token.ts'
import { isActive } from './liveness.ts'
import { sessionsOwnedBy } from './locate-session.ts'

/** A session that a request proved to hold, and whose it is. */
export interface Caller {
  readonly session: Session
  readonly identity: Identity
}

/** How a request is refused that proves no session. */
interface Refusing {
  readonly reason: string
  readonly mayBeInactive: boolean
  /** What the answer to a token that nobody holds has besides. */
  readonly headers?: HeaderList | undefined
}

/**
 * The holder of a token: of a session that is active now, of an identity that is.
 * @throws KratosError 401 with the given reason.
 */
export const callerOf = (
  world: World,
  token: string | undefined,
  { reason, mayBeInactive, headers }: Refusing,
): Caller => {
  const { tokens, identities } = world.store.tables
  const session = token === undefined ? undefined : tokens.get({ token })
  const identity = session === undefined ? undefined : identities.get({ id: session.identity_id })
  if (session === undefined || identity === undefined)
    throw new KratosError(401, headers === undefined ? { reason } : { reason, headers })
  if (!isActive(session, mayBeInactive ? undefined : identity, world.clock.now()))
    throw new KratosError(401, { reason })
  try {
    checkRead(world, [identity], false)
  } catch (error) {
    // What cannot be read is no caller.
    throw error instanceof KratosError ? new KratosError(401, { reason }) : error
  }
  return { session, identity }
}

/** Who asks about the sessions that it has. @throws KratosError 401. */
export const managerOf = (exchange: Exchange): Caller =>
  callerOf(exchange.world, callerToken(exchange), {
    reason: 'No valid session cookie found.',
    mayBeInactive: exchange.world.profile.has.inactiveMayManage,
  })

/** The sessions of a caller but for the one that it called with. */
export const othersOf = ({ store }: World, { session, identity }: Caller): readonly Session[] =>
  sessionsOwnedBy(store.tables, identity.id).filter(({ id }) => id !== session.id)

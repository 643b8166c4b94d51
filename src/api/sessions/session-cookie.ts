import { cookieLine } from '../../go/cookies.ts'
import type { Session } from '../../model/session.ts'
import { dateOf } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

const line = ({ selfService }: World, value: string, maxAge?: number, expires?: string): string => {
  const { cookieName, sessionCookie } = selfService
  return cookieLine(cookieName, value, { ...sessionCookie, path: sessionCookie.path || '/', maxAge, expires })
}

/** The `Set-Cookie` line that gives a browser a session, which is remembered with it. */
export const issuedCookie = (world: World, { token, expires }: Session): string => {
  const { store, clock, selfService } = world
  const row = store.tables.tokens.get({ token })
  if (row !== undefined) store.write((draft) => draft.putSession({ ...row, cookieUntil: expires }))
  if (!selfService.sessionCookie.persistent) return line(world, token)
  const now = clock.now()
  // Go cuts the seconds that are left, of which some time has always passed.
  const left = Math.ceil((expires - now) / 1e6) - 1
  return line(world, token, left, dateOf(now + left * 1e6).toUTCString())
}

export const droppedCookie = (world: World, { token }: Session): string =>
  line(world, token, 0, 'Thu, 01 Jan 1970 00:00:01 GMT')

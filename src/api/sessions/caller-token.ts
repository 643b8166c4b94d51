import type { World } from '../../world/world.ts'

/** A request whose headers can be asked for, by names in lower case. */
export interface Headed {
  header(name: string): string | undefined
}

/** A request of a world, whose configuration names the session's cookie. */
interface Calling extends Headed {
  readonly world: World
}

/** Where Kratos looks for a session's token, in this order (session/manager_http.go:211-232). */
export const callerToken = (request: Calling): string | undefined => {
  const header = request.header('x-session-token')
  if (header) return header
  const named = `${request.world.selfService.cookieName}=`
  const pairs = request.header('cookie')?.split(/;\s*/)
  const cookie = pairs?.find((pair) => pair.startsWith(named) && pair.length > named.length)?.slice(named.length)
  return cookie ?? /^bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1]
}

import type { Exchange } from './exchange.ts'

/** Where Kratos looks for a session's token, in this order (session/manager_http.go:211-232). */
export const callerToken = (exchange: Exchange): string | undefined => {
  const header = exchange.header('x-session-token')
  if (header) return header
  const cookie = /(?:^|;\s*)ory_kratos_session=([^;]+)/.exec(exchange.header('cookie') ?? '')?.[1]
  return cookie ?? /^bearer (.+)$/i.exec(exchange.header('authorization') ?? '')?.[1]
}

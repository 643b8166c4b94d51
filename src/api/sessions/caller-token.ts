/** A request whose headers can be asked for, by names in lower case. */
export interface Headed {
  header(name: string): string | undefined
}

/** Where Kratos looks for a session's token, in this order (session/manager_http.go:211-232). */
export const callerToken = (request: Headed): string | undefined => {
  const header = request.header('x-session-token')
  if (header) return header
  const cookie = /(?:^|;\s*)ory_kratos_session=([^;]+)/.exec(request.header('cookie') ?? '')?.[1]
  return cookie ?? /^bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1]
}

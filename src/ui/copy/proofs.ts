import type { Request } from './copied-request.ts'

/** What the journal shows in the place of a secret. */
const REDACTED = '[redacted]'

/** Flows of somebody who is signed in already. */
const SIGNED_IN = /Settings|Logout/

/** What a client's cookies are, as far as the operation tells. */
const cookieOf = ({ path, operation }: Request): string =>
  !path.startsWith('/self-service/')
    ? 'YOUR_SESSION_COOKIE'
    : SIGNED_IN.test(operation ?? '')
      ? 'YOUR_CSRF_AND_SESSION_COOKIES'
      : 'YOUR_CSRF_COOKIE'

/** The headers that prove who asks: words in their places say what they are, since the journal does not show them. */
export const proofsOf = (request: Request): Record<string, string> => {
  const { headers, path } = request
  const held = (name: string): boolean => headers[name] === REDACTED
  return {
    // The admin API takes a token of its own there.
    ...(held('authorization') && !path.startsWith('/admin/') ? { authorization: 'Bearer YOUR_SESSION_TOKEN' } : {}),
    ...(held('cookie') && !path.startsWith('/admin/') ? { cookie: cookieOf(request) } : {}),
    ...(held('x-session-token') ? { 'x-session-token': 'YOUR_SESSION_TOKEN' } : {}),
  }
}

import { unescapeBytes, type Bytes } from '../go/bytes.ts'
import type { Exchange, Route } from '../api/exchange.ts'
import type { ServerKind } from '../model/wire.ts'
import type { Profile } from '../profiles/profile.ts'

/** Paths of the public server that the middleware never sees (cmd/daemon/serve.go, csrf.DisablePath). */
const UNSEEN = /^\/(?:health\/(?:alive|ready)|version|metrics\/prometheus)$/
/** Decoded paths that it passes as they are: the globs of csrf.IgnoreGlob, whose `*` takes no slash. */
const IGNORED = new RegExp(
  `^/(?:${[
    'sessions(?:/[^/]*(?:/extend)?)?',
    '(?:admin/)?schemas/[^/]*',
    '(?:admin/)?identities(?:/[^/]*(?:/credentials/[^/]*)?)?',
    'identities/[^/]*/sessions',
    '(?:admin/)?courier/messages',
    'recovery/(?:code|link)',
    'self-service/(?:(?:login|registration|recovery|settings|verification)(?:/api)?|logout/api)',
    'self-service/methods/oidc/callback/[^/]*',
  ].join('|')})$`,
)
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

const plain = (path: Bytes): Bytes => unescapeBytes(path) ?? path

/** Whether the middleware takes no notice of a path at all. */
export const isUnseen = (path: Bytes): boolean => UNSEEN.test(plain(path))

/** Whether it neither sets a cookie there nor asks for one. */
export const isIgnored = ({ knows }: Profile, path: Bytes): boolean =>
  IGNORED.test(plain(path)) || (knows('next') && plain(path) === '/self-service/login/test')

/** Whether a request must prove that it was not forged, before anybody asks whether there is something at its path. */
export const isGuarded = (profile: Profile, server: ServerKind, method: string, path: Bytes): boolean =>
  profile.has.csrfProtects && server === 'public' && !SAFE.has(method) && !isUnseen(path) && !isIgnored(profile, path)

/** The cookie for a client without one. What makes and checks tokens is loaded when somebody needs one. */
export const csrfCookie = async (exchange: Exchange): Promise<string | undefined> =>
  (await import('./csrf-guard.ts')).cookieFor(exchange)

/** A route that only answers who brings the token of its cookie along. */
export const guarded =
  (route: Route): Route =>
  async (exchange) => {
    await (await import('./csrf-guard.ts')).checkForgery(exchange)
    return route(exchange)
  }

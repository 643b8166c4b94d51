import { bytesOf, quote, unescapeBytes, type Bytes } from '../go/bytes.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow, FlowKind } from '../model/flow.ts'
import { alreadySignedIn } from './problems.ts'
import { refused, seeOther, type FlowReply } from './reply.ts'
import type { Visit } from './visit.ts'

/** A URL as Go takes it apart (net/url.Parse). */
interface Parts {
  readonly scheme: string
  /** Name and password, with the `@` behind them. */
  readonly user: string
  readonly host: string
  readonly path: string
  readonly query: string
  readonly fragment: string
}

const PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/((?:[^/?#]*@)?)([^/?#]*))?([^?#]*)([^#]*)(.*)$/s

/** What Go does not take in a URL, in its words: browsers read some of it as they like. */
const strayIn = ({ user, host, path, query }: Parts): string | undefined => {
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f]/.test(user + host + path + query)) return 'net/url: invalid control character in URL'
  const stray = /[ \\^`{|}]/.exec(host)?.[0]
  if (stray !== undefined) return `invalid character ${quote(stray)} in host name`
  if (!/^[\w.~:@!$&'()*+,;=%-]*$/.test(user)) return 'net/url: invalid userinfo'
  // In a host escapes stand for what is not ASCII alone.
  const bad =
    /%(?:[0-7][0-9A-Fa-f]|(?![0-9A-Fa-f]{2}).{0,2})/s.exec(host)?.[0] ?? /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(path)?.[0]
  return bad === undefined ? undefined : `invalid URL escape ${quote(bytesOf(bad))}`
}

/** @throws KratosError 400 for what Go does not take. */
const partsOf = (url: string): Parts => {
  const [, scheme = '', user = '', host = '', path = '', query = '', fragment = ''] = PARTS.exec(url)!
  const parts = { scheme: scheme.toLowerCase(), user, host, path, query, fragment }
  const stray = strayIn(parts)
  if (stray === undefined) return parts
  const shown = quote(bytesOf(url.slice(0, url.length - fragment.length)))
  const reason = `Unable to parse the return_to query parameter as an URL: parse ${shown}: ${stray}`
  throw new KratosError(400, { reason })
}

/** What Go compares of a host or a path: the bytes that its escapes stand for. */
const decoded = (text: string): Bytes => unescapeBytes(bytesOf(text)) ?? bytesOf(text)

/** Whether an address may be returned to: of an allowed scheme and host, below an allowed path. */
const isAllowed = (to: Parts, url: string): boolean => {
  const allowed = partsOf(url)
  const [own, host] = [decoded(to.host.toLowerCase()), decoded(allowed.host.toLowerCase())]
  const fits = host.startsWith('*') ? own.endsWith(host.slice(1)) : own === host
  return fits && allowed.scheme === to.scheme && decoded(to.path || '/').startsWith(decoded(allowed.path || '/'))
}

/** What Go escapes in a path or a fragment. */
const escaped = (text: string): string => text.replaceAll(/[^!-~]|["<>\\^`{|}]/gu, (one) => encodeURIComponent(one))

/**
 * Where a flow leads when it is done: what was asked for, or a default (x/redir/secure_redirect.go).
 * @throws KratosError 400 for what is not allowed.
 */
export const secureReturn = (
  { config, publicUrl }: Visit,
  asked: string,
  otherwise: string,
  allowedUrls: readonly string[] = config.allowedReturnUrls,
): string => {
  if (asked === '') return otherwise
  const own = partsOf(config.defaultReturnUrl)
  const given = partsOf(asked)
  const to = { ...given, scheme: given.scheme || own.scheme, host: given.host || own.host }
  const path = to.path === '' || to.path.startsWith('/') ? to.path : `/${to.path}`
  const shown = `${to.scheme}://${to.user}${to.host}${escaped(path)}${to.query}${escaped(to.fragment)}`
  if ([...allowedUrls, `${publicUrl}/self-service`].some((url) => isAllowed(to, url))) return shown
  throw new KratosError(400, {
    id: 'self_service_flow_return_to_forbidden',
    reason: `Requested return_to URL ${quote(bytesOf(shown))} is not allowed.`,
  })
}

/** The same, with the default in the place of what is not allowed. */
const secureReturnOr = (...asked: Parameters<typeof secureReturn>): string => {
  try {
    return secureReturn(...asked)
  } catch {
    const [, , otherwise] = asked
    return otherwise
  }
}

/** `return_to` of the URL that a flow was asked for with. @throws KratosError 400 when it is not allowed. */
export const returnToOf = (visit: Visit, requestUrl: string): string => {
  const asked = askedReturn(requestUrl)
  secureReturn(visit, asked, '')
  return asked
}

export const askedReturn = (url: string): string => new URL(url).searchParams.get('return_to') ?? ''

/** Sends a browser on that needs no flow, since somebody is signed in. @throws KratosError 400 for what is not allowed. */
export const sentOn = (visit: Visit, error: KratosError): FlowReply =>
  error.parts.id === 'session_already_available' && !visit.isJson
    ? seeOther(secureReturn(visit, askedReturn(visit.url), visit.config.defaultReturnUrl))
    : visit.forward(error)

/**
 * Tells an application or a script that somebody is signed in already, and sends a browser on, to nowhere but Kratos
 * (session/handler.go RedirectOnAuthenticated).
 */
export const turnAway = (visit: Visit, kind: FlowKind, step: 'submit' | Flow['type']): FlowReply => {
  if (step === 'api' || visit.isJson) return refused(alreadySignedIn(kind))
  const location = secureReturnOr(visit, askedReturn(visit.url), visit.config.defaultReturnUrl, [])
  return { kind: 'redirect', status: 302, location }
}

/** Where a flow leads by the configuration. */
const configuredReturn = ({ config }: Visit, { kind, active }: Flow, otherwise = config.defaultReturnUrl): string =>
  config[kind].returnTo[active] ?? config[kind].returnTo[''] ?? otherwise

/** Where a browser goes after a flow. */
export const afterFlow = (visit: Visit, flow: Flow, otherwise?: string): string =>
  secureReturn(visit, flow.return_to, configuredReturn(visit, flow, otherwise))

/** Where a verification leads that is done. One behind another flow may ask for what is not allowed (verification/flow.go ContinueURL). */
export const afterVerification = (visit: Visit, flow: Flow): string =>
  secureReturnOr(visit, flow.return_to, configuredReturn(visit, flow))

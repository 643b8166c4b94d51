import { bytesOf, quote } from '../go/bytes.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow, FlowKind } from '../model/flow.ts'
import { alreadySignedIn } from './problems.ts'
import { refused, seeOther, type FlowReply } from './reply.ts'
import type { Visit } from './visit.ts'

/** A URL as Go takes it apart (net/url.Parse). */
interface Parts {
  readonly scheme: string
  readonly host: string
  readonly path: string
  /** Query and fragment. */
  readonly rest: string
}

const PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(.*)$/s

/** @throws KratosError 400 for a percent sign without its two digits. */
const partsOf = (url: string): Parts => {
  const [, scheme = '', host = '', path = '', rest = ''] = PARTS.exec(url)!
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(path)?.[0]
  if (bad === undefined) return { scheme: scheme.toLowerCase(), host, path, rest }
  const reason = `Unable to parse the return_to query parameter as an URL: parse ${quote(bytesOf(url))}: invalid URL escape ${quote(bytesOf(bad))}`
  throw new KratosError(400, { reason })
}

/** Whether an address may be returned to: of an allowed scheme and host, below an allowed path. */
const isAllowed = (to: Parts, url: string): boolean => {
  const allowed = partsOf(url)
  const [own, host] = [to.host.toLowerCase(), allowed.host.toLowerCase()]
  const fits = host.startsWith('*') ? own.endsWith(host.slice(1)) : own === host
  return fits && allowed.scheme === to.scheme && (to.path || '/').startsWith(allowed.path || '/')
}

/** What Go escapes in a path. */
const escaped = (path: string): string => path.replaceAll(/[^!-~]|["<>\\^`{|}]/gu, (one) => encodeURIComponent(one))

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
  const shown = `${to.scheme}://${to.host}${escaped(path)}${to.rest}`
  if ([...allowedUrls, `${publicUrl}/self-service`].some((url) => isAllowed(to, url))) return shown
  throw new KratosError(400, {
    id: 'self_service_flow_return_to_forbidden',
    reason: `Requested return_to URL ${quote(bytesOf(shown))} is not allowed.`,
  })
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
  const { defaultReturnUrl } = visit.config
  try {
    const location = secureReturn(visit, askedReturn(visit.url), defaultReturnUrl, [])
    return { kind: 'redirect', status: 302, location }
  } catch {
    return { kind: 'redirect', status: 302, location: defaultReturnUrl }
  }
}

/** Where a browser goes after a flow. */
export const afterFlow = (visit: Visit, flow: Flow, otherwise?: string): string => {
  const { returnTo } = visit.config[flow.kind]
  const configured = returnTo[flow.active] ?? returnTo[''] ?? otherwise ?? visit.config.defaultReturnUrl
  return secureReturn(visit, flow.return_to, configured)
}

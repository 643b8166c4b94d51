import { KratosError } from '../../model/errors.ts'
import type { Exchange } from '../exchange.ts'

/** Hosts that mean every address of the machine. */
const EVERY: readonly string[] = ['0.0.0.0', '::', '::0', '0']

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|::1)$/

/** The name of `name:port`, lower case, without the brackets of IPv6 and the dot of a root domain. */
const nameOf = (authority: string): string => {
  const host = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d*)?$/.exec(authority.trim().toLowerCase())
  return (host?.[1] ?? host?.[2] ?? '').replace(/\.$/, '')
}

const isOurs = (name: string, bound: string | undefined): boolean => {
  if (LOOPBACK.test(name)) return true
  if (bound === undefined) return false
  const own = nameOf(bound.includes(':') && !bound.startsWith('[') ? `[${bound}]` : bound)
  // An address, unlike a name, cannot be made to lead here by somebody else's name server.
  return name === own || (EVERY.includes(own) && (IPV4.test(name) || name.includes(':')))
}

/**
 * Keeps web pages away from the control plane: neither a name that was made to lead here (DNS rebinding), nor
 * another site's script. @throws KratosError 403.
 */
export const guard = (exchange: Exchange, bound: string | undefined): void => {
  const host = exchange.header('host') ?? (exchange.wire === undefined ? undefined : '')
  if (host !== undefined && !isOurs(nameOf(host), bound)) {
    throw new KratosError(403, {
      reason: `The host ${JSON.stringify(host)} may not control this mock: use localhost, a loopback address, or what --host was given.`,
    })
  }
  const origin = exchange.header('origin')
  if (origin === undefined) return
  const from = /^https?:\/\/([^/]*)$/.exec(origin)?.[1]
  if (from === undefined || !isOurs(nameOf(from), bound)) {
    throw new KratosError(403, { reason: `A page from ${JSON.stringify(origin)} may not control this mock.` })
  }
}

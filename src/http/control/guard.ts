import { urlOf } from '../../model/url-of.ts'
import { KratosError } from '../../model/errors.ts'
import type { Exchange } from '../../api/exchange.ts'

/** Hosts that mean every address of the machine. */
const EVERY: readonly string[] = ['0.0.0.0', '::', '::0', '0']

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|::1)$/

/** An IPv6 address in its shortest form, one that stands for IPv4 as that; undefined for what is none. */
const shortIpv6 = (address: string): string | undefined => {
  const short = urlOf(`http://[${address}]`)?.hostname.slice(1, -1)
  if (short === undefined) return undefined
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  return [high, low].flatMap((pair) => [Number.parseInt(pair, 16) >> 8, Number.parseInt(pair, 16) & 0xff]).join('.')
}

/** The name of `name:port`, lower case, without the brackets of IPv6 and the dot of a root domain. */
const nameOf = (authority: string): string => {
  const [, ipv6, name = ''] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d*)?$/.exec(authority.trim().toLowerCase()) ?? []
  return ipv6 === undefined ? name.replace(/\.$/, '') : (shortIpv6(ipv6) ?? '')
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
  const host = exchange.header('host') ?? (exchange.wire.inProcess ? undefined : '')
  if (host !== undefined && !isOurs(nameOf(host), bound)) {
    throw new KratosError(403, {
      reason: `The host ${JSON.stringify(host)} may not control this mock: use localhost, a loopback address, or what --host was given.`,
    })
  }
  if (exchange.header('sec-fetch-site') === 'cross-site') {
    throw new KratosError(403, { reason: 'A page of another site may not control this mock.' })
  }
  const origin = exchange.header('origin')
  if (origin === undefined) return
  const from = nameOf(/^https?:\/\/([^/]*)$/.exec(origin)?.[1] ?? '')
  const asked = nameOf(exchange.wire.host)
  if (from === '' || !(LOOPBACK.test(from) || from === asked)) {
    throw new KratosError(403, { reason: `A page from ${JSON.stringify(origin)} may not control this mock.` })
  }
}

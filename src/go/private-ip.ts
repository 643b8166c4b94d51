const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)

const isPrivate4 = (first: number, second: number): boolean =>
  first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168)

/** The address in its shortest form; undefined for what is none. */
const shortestIpv6 = (text: string): string | undefined => {
  if (!/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(text)) return undefined
  try {
    return new URL(`http://[${text}]`).hostname.slice(1, -1)
  } catch {
    return undefined
  }
}

/** Whether a text is an address of a private network, as Go's net.ParseIP and IP.IsPrivate see it. */
export const isPrivateIp = (text: string): boolean => {
  if (IPV4.test(text)) {
    const [first, second] = text.split('.').map(Number)
    return isPrivate4(first!, second!)
  }
  const address = shortestIpv6(text)
  if (address === undefined) return false
  const mapped = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(address)?.[1]
  if (mapped === undefined) return /^f[cd][0-9a-f]{2}:/.test(address)
  const leading = Number.parseInt(mapped, 16)
  return isPrivate4(leading >> 8, leading & 0xff)
}

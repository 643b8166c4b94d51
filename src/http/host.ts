/** What Go takes for a Host header (golang.org/x/net/http/httpguts, validHostByte); an empty one, too. */
const VALID = /^[A-Za-z0-9!$%&'()*+,\-.:;=[\]_~]*$/

/** Why Go's net/http refuses a request by its Host, as its answer says it; undefined for one that it serves. */
export const badHost = (
  method: string | undefined,
  httpVersion: string,
  rawHeaders: readonly string[],
): string | undefined => {
  let host: string | undefined
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    if (host !== undefined) return ''
    host = rawHeaders[at + 1]!
  }
  if (host === undefined)
    return httpVersion === '1.0' || method === 'CONNECT' ? undefined : 'missing required Host header'
  return VALID.test(host) ? undefined : 'malformed Host header'
}

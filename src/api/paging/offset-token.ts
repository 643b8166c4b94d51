import { fromBase64Url, toBase64Url } from '../../go/base64.ts'

/** The page tokens of lists by offset: base64url without padding of `{"offset":"250","v":2}` (oryx/pagination/tokenpagination). */

export const encodeOffset = (offset: bigint): string => toBase64Url(`{"offset":"${offset}","v":2}`)

/** The offset of a token that this mock could have given, or undefined. */
export const decodeOffset = (token: string): bigint | undefined => {
  const found = /^\{"offset":"(0|[1-9][0-9]{0,17})","v":2\}$/.exec(fromBase64Url(token) ?? '')
  return found === null ? undefined : BigInt(found[1]!)
}

const PAIR = /[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([-+0-9.eE]+)|(true|false|null))/y

/** The offset that Kratos reads from any text: gjson takes what it can find, everything else is 0. */
export const guessOffset = (token: string): bigint => {
  const json = fromBase64Url(token) ?? ''
  const start = json.search(/[{[]/)
  if (start < 0 || json[start] === '[') return 0n
  PAIR.lastIndex = start + 1
  for (let pair = PAIR.exec(json); pair !== null; pair = PAIR.exec(json)) {
    const [, key, text, number, literal] = pair
    if (key !== 'offset') continue
    if (literal !== undefined) return literal === 'true' ? 1n : 0n
    if (number !== undefined) {
      const value = Number(number)
      return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n
    }
    return /^-?[0-9]+$/.test(text!) ? BigInt.asIntN(64, BigInt(text!)) : 0n
  }
  return 0n
}

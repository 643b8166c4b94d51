const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/** Go's strconv.ParseInt(text, 10, 64): undefined where Go gives an error. */
export const parseInt64 = (text: string): bigint | undefined => {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value > INT64_MAX || value < INT64_MIN ? undefined : value
}

/** Go's int64 arithmetic wraps round. */
export const wrap64 = (value: bigint): bigint => BigInt.asIntN(64, value)

import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'

/** What of a session is loaded with it. */
export interface Expand {
  readonly identity: boolean
  readonly devices: boolean
}

/** Reads `expand`, repeatable and in any case (session/expand.go:24-35). @throws KratosError 400 for another word. */
export const parseExpand = (values: readonly Bytes[]): Expand => {
  const words = values.map((value) => value.toLowerCase())
  const unknown = words.findIndex((word) => word !== 'identity' && word !== 'devices')
  if (unknown >= 0) throw new KratosError(400, { reason: `Could not parse expand option: ${textOf(values[unknown]!)}` })
  return { identity: words.includes('identity'), devices: words.includes('devices') }
}

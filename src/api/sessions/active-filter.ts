import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'

const SPELLINGS = new Map<Bytes, boolean | undefined>([
  ['', undefined],
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
])

/** Reads `active` as Go's strconv.ParseBool does; undefined is no filter. @throws KratosError 400 for any other text. */
export const parseActive = (text: Bytes): boolean | undefined => {
  if (!SPELLINGS.has(text)) throw new KratosError(400, { message: 'could not parse parameter active' })
  return SPELLINGS.get(text)
}

import { bytesOf, quote, type Bytes } from './bytes.ts'

export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

const HYPHENS = [8, 13, 18, 23]

const canonical = (hex: string): string => {
  const h = hex.toLowerCase()
  // Joined, it is one block of memory.
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join('-')
}

/** A spelling that gofrs/uuid refuses, with its text of the error. */
export interface BadUuid {
  readonly error: string
}

const hexOf = (part: Bytes): string | BadUuid => {
  if (part.length === 36) {
    if (HYPHENS.some((at) => part[at] !== '-')) return { error: `uuid: incorrect UUID format in string ${quote(part)}` }
    // Only these four hyphens are skipped: another one is no hex digit.
    return hexOf(part.slice(0, 8) + part.slice(9, 13) + part.slice(14, 18) + part.slice(19, 23) + part.slice(24))
  }
  return /^[0-9a-fA-F]{32}$/.test(part) ? canonical(part) : { error: 'uuid: invalid UUID format' }
}

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is a UUID as it is printed. */
export const isCanonical = (text: string): boolean => CANONICAL.test(text)

/**
 * The canonical form of every spelling that Kratos takes for a UUID, decided by byte length
 * (gofrs/uuid v4.4.0, codec.go:63-111): plain, hyphenated, in braces, `urn:uuid:`; or its error.
 */
export const parseUuid = (spelled: Bytes): string | BadUuid => {
  if (isCanonical(spelled)) return spelled
  switch (spelled.length) {
    case 32:
    case 36:
      return hexOf(spelled)
    case 34:
    case 38:
      return spelled.startsWith('{') && spelled.endsWith('}')
        ? hexOf(spelled.slice(1, -1))
        : { error: `uuid: incorrect UUID format in string ${quote(spelled)}` }
    case 41:
    case 45:
      return spelled.startsWith('urn:uuid:')
        ? hexOf(spelled.slice(9))
        : { error: `uuid: incorrect UUID format in string ${quote(spelled.slice(0, 9))}` }
    default:
      return { error: `uuid: incorrect UUID length ${spelled.length} in string ${quote(spelled)}` }
  }
}

/** The canonical form of a text that Kratos takes for a UUID; undefined for any other. */
export const uuidOf = (text: string): string | undefined => {
  if (text.length === 36) {
    // Of a text that was put together this makes one block of memory, be it in lower case already.
    const lower = text.toLowerCase()
    if (isCanonical(lower)) return lower
  }
  const id = parseUuid(bytesOf(text))
  return typeof id === 'string' ? id : undefined
}

import { sequenceAt, type Bytes } from '../go/bytes.ts'

/** How many bytes a sequence has, as its first byte announces it (PostgreSQL: pg_utf_mblen). */
const announced = (first: number): number =>
  first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 1

/** The first bytes that PostgreSQL does not take in a text, as it prints them: `0xc3 0x25`. NUL is one of them. */
export const badBytes = (bytes: Bytes): string | undefined => {
  if (!/[^\x01-\x7f]/.test(bytes)) return undefined
  for (let at = 0; at < bytes.length;) {
    const first = bytes.charCodeAt(at)
    const length = first === 0 ? 0 : sequenceAt(bytes, at)
    if (length === 0) {
      return Array.from(
        bytes.slice(at, at + announced(first)),
        (byte) => `0x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
      ).join(' ')
    }
    at += length
  }
  return undefined
}

/** Where something stands in a text: line and column, from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** Why bytes are no text in UTF-8: what they are instead, and where the first wrong one stands, if that helps. */
export interface Utf8Misfit {
  readonly found: string
  readonly place: TextPlace | undefined
}

const strict = new TextDecoder('utf-8', { fatal: true })
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** The text of bytes in UTF-8, each U+FEFF included; what is no UTF-8 becomes U+FFFD. */
export const utf8Text = (bytes: Uint8Array): string => lossy.decode(bytes)

/** A byte that is no UTF-8, as it stands in a text that keeps it (go/bytes.ts). */
const ESCAPED = /(?<![\ud800-\udbff])([\udc80-\udcff])/

/** A text as it is written out: as it is, or where it keeps bytes that are no UTF-8, as bytes with these among them. */
export const written = (text: string): string | Uint8Array<ArrayBuffer> => {
  if (!/[\udc80-\udcff]/.test(text) || !ESCAPED.test(text)) return text
  const parts = text.split(ESCAPED).map((part, n) => (n % 2 === 1 ? [part.charCodeAt(0) & 0xff] : encoder.encode(part)))
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** UTF-16 and UTF-32 by their byte order mark, or by the zeros beside their first letter. */
const wideEncoding = ([a, b, c, d]: Uint8Array): string | undefined => {
  if (b === undefined) return undefined
  if ((a === 0 && b === 0) || (c === 0 && d === 0)) return 'UTF-32'
  const isMarked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  return isMarked || (a === 0) !== (b === 0) ? 'UTF-16' : undefined
}

/** How much of the text comes before the first byte that is no UTF-8. */
const soundPart = (bytes: Uint8Array): string => {
  const text = utf8Text(bytes)
  let before = 0
  for (let from = 0; ;) {
    const at = text.indexOf('\ufffd', from)
    const offset = before + encoder.encode(text.slice(from, at)).length
    // A replacement character may also stand in the text itself.
    if (at < 0 || bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd)
      return at < 0 ? text : text.slice(0, at)
    before = offset + 3
    from = at + 1
  }
}

/** The text of bytes in UTF-8, without a byte order mark, or why they hold none. */
export const decodeUtf8 = (bytes: Uint8Array): string | Utf8Misfit => {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { found: `text in ${wide}`, place: undefined }
  try {
    return strict.decode(bytes)
  } catch {
    const lines = soundPart(bytes)
      .replace(/^\ufeff/, '')
      .split('\n')
    return { found: 'a byte that is no UTF-8', place: { line: lines.length, column: lines.at(-1)!.length + 1 } }
  }
}

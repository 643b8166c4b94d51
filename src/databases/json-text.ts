import { bytesOf } from '../go/bytes.ts'
import type { JsonText } from '../model/identity.ts'

/** How a JSON column spells what JSON can spell in several ways. Each may throw what the database says against it. */
export interface JsonSpelling {
  /** The letters of a string. @param raw with its quotes. @param at where it starts in the text. */
  string(raw: string, at: number): string
  number(raw: string, at: number): string
  /** The most levels that it takes. */
  readonly levels: number
  /** Throws what is said of a deeper text. */
  tooDeep(): never
  /** The most bytes that a key has. */
  readonly keyBytes: number
  /** Throws what is said of a longer one, when the whole text was read. */
  keyTooLong(): never
}

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[-0-9][-+.0-9eE]*|true|false|null/gy

interface Open {
  /** Of an object: its members by key, the last one of a key. */
  readonly members: Map<string, string> | undefined
  readonly items: string[]
  key: string
}

const byteLength = (key: string): number => bytesOf(key).length

const compareKeys = (a: string, b: string): number => {
  const by = byteLength(a) - byteLength(b)
  if (by !== 0) return by
  const [x, y] = [bytesOf(a), bytesOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

const closed = ({ members, items }: Open): string =>
  members === undefined
    ? `[${items.join(',')}]`
    : `{${[...members.keys()]
        .sort(compareKeys)
        .map((key) => `${JSON.stringify(key)}:${members.get(key)}`)
        .join(',')}}`

const hasKeyBeyond = (json: JsonText, bytes: number): boolean =>
  [...json.matchAll(/("(?:[^"\\]|\\.)*")(:?)/g)].some(
    ([, text, colon]) => colon === ':' && byteLength(JSON.parse(text!) as string) > bytes,
  )

/**
 * A JSON text as a binary JSON column gives it back: the members of an object by the length of their keys, then
 * bytewise, each once, the last one of equal keys; strings as letters. In one walk, in the order of the text, so
 * that what is wrong first is told.
 * @param json valid and compact.
 */
export const respelled = (json: JsonText, spelling: JsonSpelling): JsonText => {
  const open: Open[] = []
  let done = ''
  let isKey = false
  let hasLongKey = false
  TOKEN.lastIndex = 0
  for (let at = 0; at < json.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(json)![0]
    const inside = open.at(-1)
    let value: string | undefined
    if (token === '{' || token === '[') {
      open.push({ members: token === '{' ? new Map() : undefined, items: [], key: '' })
      if (open.length > spelling.levels) spelling.tooDeep()
      isKey = token === '{'
    } else if (token === ',') isKey = inside!.members !== undefined
    else if (token === ':') isKey = false
    else if (token === '}' || token === ']') value = closed(open.pop()!)
    else if (token.startsWith('"')) {
      const text = spelling.string(token, at)
      if (isKey) {
        inside!.key = text
        // A letter has three bytes at most, or two letters four.
        if (text.length * 3 > spelling.keyBytes) hasLongKey ||= byteLength(text) > spelling.keyBytes
      } else value = JSON.stringify(text)
    } else value = /^[-0-9]/.test(token) ? spelling.number(token, at) : token
    if (value === undefined) continue
    const outer = open.at(-1)
    if (outer === undefined) done = value
    else if (outer.members === undefined) outer.items.push(value)
    else outer.members.set(outer.key, value)
    isKey = false
  }
  // One of a member that another one replaced is gone.
  if (hasLongKey && hasKeyBeyond(done, spelling.keyBytes)) spelling.keyTooLong()
  return done
}

/** Where a surrogate stands alone among the escapes of a string, or -1. */
export const loneSurrogate = (raw: string): number => {
  const escape = /\\(?:u([0-9a-fA-F]{4})|[^u])/g
  for (let found = escape.exec(raw); found !== null; found = escape.exec(raw)) {
    const code = Number.parseInt(found[1] ?? '0', 16)
    if (code < 0xd800 || code > 0xdfff) continue
    const isPair = code < 0xdc00 && /^\\u[dD][c-fC-F]/.test(raw.slice(escape.lastIndex))
    if (!isPair) return found.index
    escape.lastIndex += 6
  }
  return -1
}

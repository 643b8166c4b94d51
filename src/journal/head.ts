import type { RawHeaders } from '../model/wire.ts'

/** The most letters that an entry keeps of a request's headers, and of its target. */
const MOST_OF_HEAD = 16 * 1024

/** The name that says which project a handle was made for. It is the handle's, not the tester's. */
export const HANDLE_HEADER = 'ory-mock-project'

const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'x-session-token'])

/** A part of a text that does not hold the whole, as `slice` alone may. */
const partOf = (text: string, most: number): string =>
  text.length <= most ? text : `${JSON.parse(JSON.stringify(text.slice(0, most)))}…`

const cut = (raw: readonly string[]): readonly string[] => {
  let left = MOST_OF_HEAD
  const kept: string[] = []
  for (const part of raw) {
    if (left <= 0 && kept.length % 2 === 0) break
    kept.push(partOf(part, Math.max(left, 0)))
    left -= part.length
  }
  return kept
}

/** Headers as an entry keeps them: by reference, unless there is too much of them or they are not ours to hold. */
export const keptHeaders = (raw: RawHeaders): readonly string[] => {
  // To name the platform's `Headers` would load all of its `fetch`.
  const pairs = Array.isArray(raw) ? (raw as readonly string[]) : [...(raw as Headers)].flat()
  let size = 0
  for (const part of pairs) size += part.length
  return size <= MOST_OF_HEAD ? pairs : cut(pairs)
}

/** A request target as an entry keeps it. */
export const keptTarget = (target: string): string => partOf(target, MOST_OF_HEAD)

/** Headers as a tester reads them: joined by name in lower case, secrets redacted. */
export const headersOf = (raw: readonly string[]): Record<string, string> => {
  const joined = new Map<string, string>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase()
    if (name === HANDLE_HEADER) continue
    const former = joined.get(name)
    const value = raw[at + 1]!
    joined.set(name, SECRET.has(name) ? '[redacted]' : former === undefined ? value : `${former}, ${value}`)
  }
  return Object.fromEntries(joined)
}

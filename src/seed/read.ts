import { watch } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sleep } from '../world/timer.ts'
import { refuse } from './apply.ts'
import type { Source } from './source.ts'

type Place = { readonly line: number; readonly column: number }

/** Where the part that a JSON pointer names stands in a YAML or JSON text. JSON is read as the YAML that it is. */
const locator = (text: string): NonNullable<Source['locate']> => async (pointer) => {
  const { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  let node: unknown = document.contents
  let offset = 0
  for (const part of pointer) {
    if (!isCollection(node)) break
    const key = isMap(node) ? node.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === part)?.key : undefined
    const next: unknown = node.get(/^\d+$/.test(part) && !isMap(node) ? Number(part) : part, true)
    const start = (key as { range?: readonly number[] } | undefined) ?? (next as { range?: readonly number[] } | null)
    if (start?.range === undefined) break
    offset = start.range[0]!
    node = next
  }
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

const unreadable = (file: string, place: Place | undefined, expected: string, found: string): Promise<void> =>
  refuse([[{ value: undefined, file, locate: async () => place }, { pointer: [], expected, found }]])

const parseYaml = async (file: string, text: string): Promise<unknown> => {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    await unreadable(file, { line, column: col }, 'YAML', error.message.split('\n')[0]!.replace(/ at line .*$/, ''))
  }
  return document.toJS({ maxAliasCount: 1000 })
}

/** V8 says where JSON ends to be JSON by its position, its line, or not at all. */
const jsonPlace = (text: string, message: string): Place | undefined => {
  const position = /position (\d+)/.exec(message)?.[1] ?? (message.includes('end of JSON') ? String(text.length) : undefined)
  if (position === undefined) return undefined
  const before = text.slice(0, Number(position)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/**
 * Reads a fixture file: JSON, or YAML, whose parser is loaded only when it is needed.
 * @throws FixtureError for a file that cannot be read or parsed, with line and column.
 */
export const readSource = async (file: string): Promise<Source> => {
  let text = ''
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    await unreadable(file, undefined, 'a file that can be read', (error as NodeJS.ErrnoException).code ?? String(error))
  }
  const locate = locator(text)
  if (!/\.json$/i.test(file) && !/^\s*[[{]/.test(text)) return { value: await parseYaml(file, text), file, locate }
  try {
    return { value: JSON.parse(text), file, locate }
  } catch (error) {
    if (!/\.json$/i.test(file)) return { value: await parseYaml(file, text), file, locate }
    const { message } = error as Error
    await unreadable(file, jsonPlace(text, message), 'JSON', message)
    throw error
  }
}

/** How long a change of files is let to settle, in milliseconds: an editor may write in several steps. */
const SETTLE = 50

/** What changes when a file is written or replaced; undefined while there is none. */
const stampOf = async (file: string): Promise<string | undefined> => {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  return found === undefined ? undefined : `${found.ino} ${found.size} ${found.mtimeNs}`
}

/**
 * Calls `changed` for a file that was written, or replaced as editors do, until `signal` aborts. One call at a time.
 * It watches folders, since a file that is replaced is another file, and compares what it finds there.
 */
export const watchFiles = async (
  files: readonly string[],
  changed: (file: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  const stamps = new Map<string, string | undefined>()
  for (const file of files) stamps.set(file, await stampOf(file))
  let events = 0
  let running = false
  const look = async (): Promise<void> => {
    events++
    if (running) return
    running = true
    for (let seen = 0; seen !== events && !signal.aborted; ) {
      seen = events
      await sleep(SETTLE, signal)
      for (const [file, before] of stamps) {
        const now = await stampOf(file)
        if (now === undefined || now === before || signal.aborted) continue
        stamps.set(file, now)
        await changed(file)
      }
    }
    running = false
  }
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    // A folder that goes away ends its watch; nothing is left to see there.
    watch(folder, { persistent: false, signal }, () => void look()).on('error', () => {})
  }
}

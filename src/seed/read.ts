import { readFile } from 'node:fs/promises'
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

import type { TextPlace } from '../model/utf8.ts'
import { unreadable } from './read-bytes.ts'
import type { Source } from './source.ts'
import { deepLineOf } from './yaml-depth.ts'
import { settle } from './yaml-aliases.ts'
import { yamlSpelling } from './yaml-spelling.ts'

/** Deeper than anybody writes YAML. */
const MOST_LEVELS = 100

/** More values than that are made of aliases by nobody but a bomb. */
const MOST_ALIASES = 1000

/** What a YAML text holds, and where. @throws FixtureError where it stops being YAML. */
export const parseYaml = async (file: string, text: string): Promise<Source> => {
  const deep = deepLineOf(text, MOST_LEVELS)
  if (deep !== undefined)
    await unreadable(file, { line: deep, column: 1 }, 'YAML', `what is nested deeper than ${MOST_LEVELS} levels`)
  const yaml = await import('yaml')
  const { isCollection, isMap, isScalar, LineCounter, parseDocument } = yaml
  const lines = new LineCounter()
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    logLevel: 'error',
    // Both look at all of the text for each of its parts.
    prettyErrors: false,
    uniqueKeys: false,
  })
  const [error] = document.errors
  if (error !== undefined)
    await unreadable(file, placeAt(error.pos[0]), 'YAML', error.message.split('\n')[0]!.replace(/ at line .*$/, ''))
  const repeated = settle(yaml, document)
  if (repeated !== undefined) await unreadable(file, placeAt(repeated.range![0]), 'YAML', 'Map keys must be unique')
  const locate = async (pointer: readonly string[]): Promise<TextPlace> => {
    let node: unknown = document.contents
    let offset = 0
    for (const part of pointer) {
      if (!isCollection(node)) break
      const key = isMap(node)
        ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === part)?.key
        : undefined
      const next: unknown = node.get(isMap(node) ? part : Number(part), true)
      const start = ((key ?? next) as { readonly range?: readonly number[] } | undefined)?.range?.[0]
      if (start === undefined) break
      offset = start
      node = next
    }
    return placeAt(offset)
  }
  const make = (): unknown => document.toJS({ maxAliasCount: MOST_ALIASES })
  try {
    const value = make()
    return { value, file, locate, textOf: yamlSpelling(yaml, document, make) }
  } catch (failure) {
    const found =
      failure instanceof RangeError ? 'what is a part of itself' : (failure as Error).message.split('\n')[0]!
    const start = (await import('./yaml-misfit.ts')).misfitOf(yaml, document, make)?.range?.[0]
    await unreadable(file, start === undefined ? undefined : placeAt(start), 'YAML', found)
    throw failure
  }
}

import { promises, statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jsonMisfit, jsonParts, spellingOf } from '../go/json-places.ts'
import { withoutSchemaName } from '../model/json.ts'
import { decodeUtf8, type TextPlace } from '../model/utf8.ts'
import { sleep } from '../world/timer.ts'
import { refuse } from './apply.ts'
import { base64Url, FILE, mapSchemas, schemaOf } from './schemas.ts'
import type { Source } from './source.ts'
import { DeviceError, isMissing, whyUnreadable } from './unreadable.ts'
import { deepLineOf } from './yaml-depth.ts'

const { readFile, stat } = promises

/** Deeper than anybody writes YAML. */
const MOST_LEVELS = 100

/** More values than that are made of aliases by nobody but a bomb. */
const MOST_ALIASES = 1000

const unreadable = (file: string, place: TextPlace | undefined, expected: string, found: string): Promise<void> =>
  refuse([
    [
      { value: undefined, file, locate: async () => place },
      { pointer: [], expected, found },
    ],
  ])

/** What a YAML text holds, and where. @throws FixtureError where it stops being YAML. */
const parseYaml = async (file: string, text: string): Promise<Source> => {
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
  const document = parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'error' })
  const [error] = document.errors
  if (error !== undefined)
    await unreadable(file, placeAt(error.pos[0]), 'YAML', error.message.split('\n')[0]!.replace(/ at line .*$/, ''))
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
    return { value: make(), file, locate }
  } catch (failure) {
    const found =
      failure instanceof RangeError ? 'what is a part of itself' : (failure as Error).message.split('\n')[0]!
    const start = (await import('./yaml-misfit.ts')).misfitOf(yaml, document, make)?.range?.[0]
    await unreadable(file, start === undefined ? undefined : placeAt(start), 'YAML', found)
    throw failure
  }
}

/** Whether a text in braces or brackets is JSON; YAML has those too. */
const isJson = (text: string): boolean => /^\s*[[{]/.test(text) && jsonMisfit(text) === undefined

const parseJson = async (file: string, text: string): Promise<Source> => {
  const parts = jsonParts(text)
  try {
    const value: unknown = JSON.parse(text)
    return { value, file, textOf: spellingOf(text, value, parts), locate: async (pointer) => parts.locate(pointer) }
  } catch (error) {
    const misfit = jsonMisfit(text)
    await unreadable(file, misfit, `JSON: ${misfit?.expected ?? 'text'}`, misfit?.found ?? (error as Error).message)
    throw error
  }
}

/** A path as messages show it: one that is relative counts from the working directory. */
const absolute = (file: string | URL): string => {
  if (typeof file === 'string') return resolve(file)
  return file.protocol === 'file:' ? fileURLToPath(file) : file.href
}

/** What a file or a pipe holds: a device may have no end. */
const bytesOf = async (file: string): Promise<Uint8Array> => {
  // What is not there is known at once: a fixture may name very many files.
  const found = statSync(file)
  if (found.isCharacterDevice() || found.isBlockDevice()) throw new DeviceError()
  return readFile(file)
}

const readText = async (file: string): Promise<string> => {
  const bytes = await bytesOf(file).catch(async (error: unknown) => {
    await unreadable(file, undefined, 'a file that can be read', whyUnreadable(error))
    throw error
  })
  const text = decodeUtf8(bytes)
  if (typeof text === 'string') return text.replace(/^\ufeff/, '')
  await unreadable(file, text.place, 'text in UTF-8 (save the file again in that encoding)', text.found)
  throw new Error(text.found)
}

/** What a file of fixtures or fault rules holds. */
const readValue = async (file: string): Promise<Source> => {
  const text = await readText(file)
  // JSON by another name is read as such, without the parser of YAML.
  const source = await (/\.json$/i.test(file) || isJson(text) ? parseJson(file, text) : parseYaml(file, text))
  return { ...source, value: withoutSchemaName(source.value) }
}

/** The keys at the top of a file that may be broken: those of the lines with the least indentation. */
export const topKeysOf = async (file: string): Promise<readonly string[]> => {
  const text = decodeUtf8(await readFile(file).catch(() => new Uint8Array()))
  if (typeof text !== 'string') return []
  const found = [...text.matchAll(/^(?<indent>[ \t{]*)["']?(?<key>[\w$-]+)["']?[ \t]*:/gm)].map(({ groups }) => groups!)
  const least = found.reduce((most, { indent }) => Math.min(most, indent!.length), Infinity)
  return found.filter(({ indent }) => indent!.length === least).map(({ key }) => key!)
}

/** As Kratos reads them, and relative ones from a folder: `file:///etc/a.json`, `file://a.json`, `file://./a.json`. */
const pathOf = (url: string, folder: string): string =>
  url.startsWith(`${FILE}/`) ? fileURLToPath(url) : resolve(folder, decodeURIComponent(url.slice(FILE.length)))

/** The JSON object of a file, or why it gives none. */
type JsonFile = ({ readonly text: string } | { readonly why: string; readonly isMissing?: boolean }) & {
  readonly file: string
}

const readJsonAt = async (file: string): Promise<JsonFile> => {
  try {
    return { ...schemaOf(await bytesOf(file)), file }
  } catch (error) {
    return { file, why: `which cannot be read (${file}: ${whyUnreadable(error)})`, isMissing: isMissing(error) }
  }
}

/** The JSON object that a `file://` URL names. @param folder where relative ones start. */
const readJson = async (url: string, folder: string): Promise<JsonFile> => {
  try {
    return await readJsonAt(pathOf(url, folder))
  } catch (error) {
    return { file: url, why: `which is no URL of a file (${String(error)})` }
  }
}

/** Where a file was looked for. */
interface Looked {
  readonly looked: readonly string[]
  /** Whether the file is another than the one that was named, of the same name. */
  readonly standsIn?: boolean
}

/**
 * The same for one that a configuration of Kratos' names: a relative one counts from the folder of the configuration,
 * or from the working directory, as it does for Kratos. What is at neither place, such as a path in a container, is
 * looked for by its name beside the configuration.
 */
export const findJson = async (url: string, folder: string): Promise<JsonFile & Looked> => {
  const first = await readJson(url, folder)
  const looked = [first.file]
  if ('text' in first || first.isMissing !== true) return { ...first, looked }
  const places = new Set([first.file, pathOf(url, '.'), resolve(folder, basename(first.file))])
  for (const place of places) {
    if (place === first.file) continue
    const found = await readJsonAt(place)
    looked.push(place)
    if ('text' in found || found.isMissing !== true) return { ...found, looked, standsIn: place !== pathOf(url, '.') }
  }
  return { ...first, looked, why: `which is not there (looked for ${[...places].join(', ')})` }
}

/**
 * Brings the identity schemas into a fixture that its `file://` URLs name.
 * @param folder where relative ones start: that of the fixture, or the working directory.
 */
export const withSchemaFiles = async (source: Source, folder: string): Promise<Source> => {
  const urls = new Set<string>()
  mapSchemas(source.value, (schema) => {
    if (typeof schema === 'string' && schema.startsWith(FILE)) urls.add(schema)
    return schema
  })
  if (urls.size === 0) return source
  const there = new Map<unknown, string>()
  const unread = new Map<string, string>()
  const looked: string[] = []
  for (const url of urls) {
    const found = await readJson(url, folder)
    looked.push(found.file)
    if ('text' in found) there.set(url, base64Url(found.text))
    else unread.set(url, found.why)
  }
  return { ...source, value: mapSchemas(source.value, (schema) => there.get(schema) ?? schema), unread, looked }
}

/**
 * Reads a fixture file: JSON, or YAML, whose parser is loaded only when it is needed; and the identity schemas that
 * it names by `file://`.
 * @param given a path, or a `file:` URL.
 * @throws FixtureError for a file that cannot be read or parsed, with line and column.
 */
export const readSource = async (given: string | URL): Promise<Source> => {
  const file = absolute(given)
  return withSchemaFiles(await readValue(file), dirname(file))
}

/** How long a change of files is let to settle, in milliseconds: an editor may write in several steps. */
const SETTLE = 50

/** What changes when a file is written or replaced; undefined while there is none. */
const stampOf = async (file: string): Promise<string | undefined> => {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  return found === undefined ? undefined : `${found.ino} ${found.size} ${found.mtimeNs}`
}

/**
 * Calls `look` for whatever happens in a folder. One that is removed is waited for above the place where it was, and
 * watched again when it is back: a watch is of the folder itself, not of its name.
 */
const watchFolder = async (folder: string, look: () => Promise<void>, signal: AbortSignal): Promise<void> => {
  let current: AbortController | undefined
  let watched: string | undefined
  let stamp: string | undefined
  // Numbers of inodes are given again at once.
  const inodeOf = async (path: string): Promise<string | undefined> => {
    const found = await stat(path, { bigint: true }).catch(() => undefined)
    return found === undefined ? undefined : `${found.ino} ${found.birthtimeNs}`
  }
  const arm = async (): Promise<void> => {
    let place = folder
    let inode = await inodeOf(place)
    while (inode === undefined && place !== dirname(place)) {
      place = dirname(place)
      inode = await inodeOf(place)
    }
    if (signal.aborted || (place === watched && inode === stamp)) return
    current?.abort()
    current = new AbortController()
    const end = current
    signal.addEventListener('abort', () => end.abort(), { signal: end.signal })
    try {
      watch(place, { persistent: false, signal: end.signal }, () => void again()).on('error', () => {})
      watched = place
      stamp = inode
    } catch {
      watched = undefined
    }
    // It may have come, or gone, while it was looked for.
    await arm()
  }
  let arming = Promise.resolve()
  const again = async (): Promise<void> => {
    await (arming = arming.then(arm))
    await look()
  }
  await arm()
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
    for (let seen = 0; seen !== events && !signal.aborted;) {
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
  for (const folder of new Set(files.map((file) => dirname(resolve(file))))) await watchFolder(folder, look, signal)
}

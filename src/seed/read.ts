import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jsonMisfit, jsonParts, spellingOf } from '../go/json-places.ts'
import { withoutSchemaName } from '../model/json.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import { bytesOf, readText, unreadable } from './read-bytes.ts'
import { parseYaml } from './read-yaml.ts'
import { base64Url, FILE, mapSchemas, schemaOf } from './schemas.ts'
import type { Source } from './source.ts'
import { isMissing, whyUnreadable } from './unreadable.ts'

export { watchFiles } from './read-watch.ts'

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

/** What a file of fixtures or fault rules holds. */
const readValue = async (file: string): Promise<Source> => {
  const looked = new Map<string, string | undefined>()
  const text = await readText(file, looked)
  // JSON by another name is read as such, without the parser of YAML.
  const source = await (/\.json$/i.test(file) || isJson(text) ? parseJson(file, text) : parseYaml(file, text))
  return { ...source, looked, value: withoutSchemaName(source.value) }
}

/** The keys at the top of a file that may be broken: those of the lines with the least indentation. */
export const topKeysOf = async (file: string): Promise<readonly string[]> => {
  const text = decodeUtf8(await bytesOf(file).catch(() => new Uint8Array()))
  if (typeof text !== 'string') return []
  const found = [...text.matchAll(/^(?<indent>[ \t{]*)["']?(?<key>[\w$-]+)["']?[ \t]*:/gm)].map(({ groups }) => groups!)
  const least = found.reduce((most, { indent }) => Math.min(most, indent!.length), Infinity)
  return found.filter(({ indent }) => indent!.length === least).map(({ key }) => key!)
}

/** As Kratos reads them, and relative ones from a folder: `file:///etc/a.json`, `file://a.json`, `file://./a.json`. */
const pathOf = (url: string, folder: string): string =>
  url.startsWith(`${FILE}/`) ? fileURLToPath(url) : resolve(folder, decodeURIComponent(url.slice(FILE.length)))

/** The JSON object of a file, or why it gives none. */
type JsonFile = (
  | { readonly text: string; readonly verbatim: string }
  | { readonly why: string; readonly isMissing?: boolean }
) & {
  readonly file: string
}

const readJsonAt = async (file: string, looked: Looked['looked']): Promise<JsonFile> => {
  try {
    return { ...schemaOf(await bytesOf(file, looked)), file }
  } catch (error) {
    return { file, why: `which cannot be read (${file}: ${whyUnreadable(error)})`, isMissing: isMissing(error) }
  }
}

/** The JSON object that a `file://` URL names. @param folder where relative ones start. */
const readJson = async (url: string, folder: string, looked: Looked['looked']): Promise<JsonFile> => {
  try {
    return await readJsonAt(pathOf(url, folder), looked)
  } catch (error) {
    return { file: url, why: `which is no URL of a file (${String(error)})` }
  }
}

/** Where a file was looked for. */
interface Looked {
  readonly looked: Map<string, string | undefined>
  /** Whether the file is another than the one that was named, of the same name. */
  readonly standsIn?: boolean
}

/**
 * The same for one that a configuration of Kratos' names: a relative one counts from the folder of the configuration,
 * or from the working directory, as it does for Kratos. What is at neither place, such as a path in a container, is
 * looked for by its name beside the configuration.
 */
export const findJson = async (url: string, folder: string): Promise<JsonFile & Looked> => {
  const looked: Looked['looked'] = new Map()
  const first = await readJson(url, folder, looked)
  if ('text' in first || first.isMissing !== true) return { ...first, looked }
  const places = new Set([first.file, pathOf(url, '.'), resolve(folder, basename(first.file))])
  for (const place of places) {
    if (place === first.file) continue
    const found = await readJsonAt(place, looked)
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
  const looked = new Map(source.looked)
  for (const url of urls) {
    const found = await readJson(url, folder, looked)
    if ('text' in found) there.set(url, base64Url(found.verbatim))
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
  if (given === '') await unreadable('', undefined, 'the path of a file', 'an empty text')
  const file = absolute(given)
  return withSchemaFiles(await readValue(file), dirname(file))
}

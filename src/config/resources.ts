import { fromAnyBase64 } from '../go/base64.ts'
import { rawBytes } from '../go/bytes.ts'
import type { Pointer } from '../model/flaw.ts'
import { schemaOf } from '../seed/schemas.ts'
import type { Stamps } from '../seed/source.ts'

/** JSON that a URL names, or why it is not there; its file's path, where it is in one, and those at which it was looked for. */
export type Found = (
  | { readonly text: string; readonly verbatim: string }
  | { readonly why: string; readonly isMissing?: boolean }
) & {
  readonly file?: string
  readonly looked?: Stamps
  /** Whether the file is another than the one that was named, of the same name. */
  readonly standsIn?: boolean
}

/** Reads what a URL names that stands at a place of a configuration. */
export type Resources = (url: string, at: Pointer) => Promise<Found>

const BASE64 = 'base64://'

/**
 * The JSON object that a URL of a configuration names: `file://`, or `base64://`. Nothing is fetched.
 * @param folder that of the configuration.
 */
export const readResource = async (url: string, folder: string): Promise<Found> => {
  if (url.startsWith(BASE64)) {
    const bytes = fromAnyBase64(url.slice(BASE64.length))
    return bytes === undefined ? { why: 'has no base64 behind base64://' } : found(schemaOf(rawBytes(bytes)), BASE64)
  }
  if (url.startsWith('file://')) {
    const { findJson } = await import('../seed/read.ts')
    return found(await findJson(url, folder), url)
  }
  const isFar = /^https?:/i.test(url)
  return {
    why: isFar
      ? `is ${url}, and nothing is fetched: save it and name the file by file://, or give it as base64://`
      : `must be a file:// or base64:// URL, not ${JSON.stringify(url)}`,
  }
}

const found = (read: Found, url: string): Found => {
  if ('text' in read) return read
  const remedy = read.isMissing === true ? ': put it beside the configuration' : ''
  return { ...read, why: `is ${url}, ${read.why}${remedy}` }
}

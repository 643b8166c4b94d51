import { fromAnyBase64 } from '../go/base64.ts'
import { rawBytes } from '../go/bytes.ts'
import type { Pointer } from '../model/flaw.ts'
import { schemaOf } from '../seed/schemas.ts'

/** JSON that a URL names, or why it is not there; and its file's path, where it is in one. */
export type Found = ({ readonly text: string } | { readonly why: string }) & { readonly file?: string }

/** Reads what a URL names that stands at a place of a configuration. */
export type Resources = (url: string, at: Pointer) => Promise<Found>

const BASE64 = 'base64://'

/**
 * The JSON object that a URL of a configuration names: `file://`, absolute or relative to the configuration, or
 * `base64://`. Nothing is fetched.
 * @param folder where relative files start.
 */
export const readResource = async (url: string, folder: string): Promise<Found> => {
  if (url.startsWith(BASE64)) {
    const bytes = fromAnyBase64(url.slice(BASE64.length))
    return bytes === undefined ? { why: 'has no base64 behind base64://' } : found(schemaOf(rawBytes(bytes)), BASE64)
  }
  if (url.startsWith('file://')) {
    const { readJson } = await import('../seed/read.ts')
    return found(await readJson(url, folder), url)
  }
  const isFar = /^https?:/i.test(url)
  return {
    why: isFar
      ? `is ${url}, and nothing is fetched: save it and name the file by file://, or give it as base64://`
      : `must be a file:// or base64:// URL, not ${JSON.stringify(url)}`,
  }
}

const found = (read: Found, url: string): Found => ('why' in read ? { ...read, why: `is ${url}, ${read.why}` } : read)

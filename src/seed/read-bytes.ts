import { constants, promises, statSync, type BigIntStats } from 'node:fs'
import { decodeUtf8, type TextPlace } from '../model/utf8.ts'
import { sleep } from '../world/timer.ts'
import { refuse } from './apply.ts'
import { UnreadableError, whyUnreadable } from './unreadable.ts'

const { open, readFile } = promises

/** Refuses a file that gives nothing to read. @throws FixtureError always. */
export const unreadable = (
  file: string,
  place: TextPlace | undefined,
  expected: string,
  found: string,
): Promise<void> =>
  refuse([
    [
      { value: undefined, file, locate: async () => place },
      { pointer: [], expected, found },
    ],
  ])

/** As large as a text may be. */
const MOST_BYTES = 2 ** 29 - 2 ** 16

/** A pipe is looked at again after so long, in milliseconds, and is given up as one that nobody writes to after so many looks. */
const LOOK = 20
const MOST_LOOKS = 50

/** What is written to a pipe until its end. To open one as a file would wait for a writer for ever. */
const piped = async (file: string): Promise<Uint8Array> => {
  const pipe = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (let looks = 0; looks < MOST_LOOKS;) {
      const part = new Uint8Array(2 ** 16)
      const { bytesRead } = await pipe.read(part).catch((error: unknown) => {
        if ((error as { readonly code?: string }).code === 'EAGAIN') return { bytesRead: undefined }
        throw error
      })
      if (bytesRead === undefined) await sleep(LOOK)
      else if (bytesRead > 0) {
        parts.push(part.subarray(0, bytesRead))
        size += bytesRead
        if (size > MOST_BYTES) throw new UnreadableError('EFBIG')
      } else if (size > 0) break
      else {
        looks++
        await sleep(LOOK)
      }
    }
  } finally {
    await pipe.close()
  }
  if (size === 0) throw new UnreadableError('ENOWRITER')
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** What is written to a pipe is gone once it is read: there is nothing to come back to. */
const stampOf = (found: BigIntStats): string | undefined =>
  found.isFIFO() ? undefined : `${found.ino} ${found.size} ${found.mtimeNs}`

/** What changes when a file is written or replaced; undefined while there is none, and for a pipe. */
export const stampAt = (file: string): string | undefined => {
  try {
    return stampOf(statSync(file, { bigint: true }))
  } catch {
    return undefined
  }
}

/** What a file or a pipe holds. @param looked is told of it. @throws what `whyUnreadable` tells. */
export const bytesOf = async (file: string, looked?: Map<string, string | undefined>): Promise<Uint8Array> => {
  looked?.set(file, undefined)
  // What is not there is known at once: a fixture may name very many files.
  const found = statSync(file, { bigint: true })
  looked?.set(file, stampOf(found))
  if (found.isCharacterDevice() || found.isBlockDevice()) throw new UnreadableError('EDEVICE')
  if (found.isSocket()) throw new UnreadableError('ESOCKET')
  if (found.size > MOST_BYTES) throw new UnreadableError('EFBIG')
  return found.isFIFO() ? await piped(file) : await readFile(file)
}

/** @throws FixtureError for what is no text in UTF-8. */
export const readText = async (file: string, looked?: Map<string, string | undefined>): Promise<string> => {
  const bytes = await bytesOf(file, looked).catch(async (error: unknown) => {
    await unreadable(file, undefined, 'a file that can be read', whyUnreadable(error))
    throw error
  })
  const text = decodeUtf8(bytes)
  if (typeof text === 'string') return text.replace(/^\ufeff/, '')
  await unreadable(file, text.place, 'text in UTF-8 (save the file again in that encoding)', text.found)
  throw new Error(text.found)
}

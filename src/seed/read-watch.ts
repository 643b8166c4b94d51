import { promises, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { sleep } from '../world/timer.ts'
import { stampAt } from './read-bytes.ts'
import type { Stamps } from './source.ts'

const { stat } = promises

/** How long a change of files is let to settle, in milliseconds: an editor may write in several steps. */
const SETTLE = 50

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

/** Watches these files, and, where `drops` is set, no other any more. */
export type Follow = (files: Stamps, drops: boolean) => Promise<void>

/**
 * Calls `changed` for a file that is written, or replaced as editors do, after it was read, until `signal` aborts. One
 * call at a time. It watches folders, since a file that is replaced is another file, and compares what it finds there
 * with what the file was like when it was read.
 */
export const watchFiles = (changed: (file: string) => Promise<void>, signal: AbortSignal): Follow => {
  const stamps = new Map<string, string | undefined>()
  const folders = new Map<string, AbortController>()
  signal.addEventListener('abort', () => folders.forEach((end) => end.abort()), { once: true })
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
        const now = stampAt(file)
        if (now === undefined || now === before || signal.aborted) continue
        stamps.set(file, now)
        await changed(file)
      }
    }
    running = false
  }
  return async (files, drops) => {
    if (drops) for (const file of stamps.keys()) if (!files.has(file)) stamps.delete(file)
    for (const [file, stamp] of files) stamps.set(file, stamp)
    const wanted = new Set(Array.from(stamps.keys(), (file) => dirname(resolve(file))))
    for (const [folder, end] of folders) {
      if (wanted.has(folder)) continue
      folders.delete(folder)
      end.abort()
    }
    for (const folder of wanted) {
      if (folders.has(folder) || signal.aborted) continue
      const end = new AbortController()
      folders.set(folder, end)
      await watchFolder(folder, look, end.signal)
    }
    // One may have been written since it was read.
    void look()
  }
}

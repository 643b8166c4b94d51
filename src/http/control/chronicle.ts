import { MOST_OF_BODY } from '../../journal/body-capture.ts'
import { entryOf } from '../../journal/entry.ts'
import type { Journal } from '../../journal/journal.ts'
import { event } from './event.ts'

/** How many bytes of what was said are kept for those that are behind. */
const MOST_KEPT = 2 * 1024 * 1024

/** What a journal says to whoever knows it up to a change. */
export interface Chapter {
  readonly text: Uint8Array
  /** Up to which change that goes. */
  readonly to: number
}

const encoder = new TextEncoder()

/**
 * The journal as events, a chapter after the other, each written once: who is slower hears later what the others
 * heard, and what has changed since comes in a later chapter.
 */
export class Chronicle {
  readonly #journal: Journal
  /** By the change that each goes on from, the oldest first. */
  readonly #chapters = new Map<number, Chapter>()
  #kept = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** What comes behind a change, if anything does. @param room about how many letters, if it is written now. */
  from(change: number, room: number): Chapter | undefined {
    if (change === this.#journal.changes) return undefined
    const known = this.#chapters.get(change)
    if (known !== undefined) return known
    const chapter = this.#write(change, room)
    // Nobody is told an empty one: whoever waits behind that change is to hear what comes next.
    if (chapter.text.length === 0) return chapter
    this.#chapters.set(change, chapter)
    this.#kept += chapter.text.length
    for (const [from, { text }] of this.#chapters) {
      if (this.#kept <= MOST_KEPT) break
      this.#chapters.delete(from)
      this.#kept -= text.length
    }
    return chapter
  }

  #write(change: number, room: number): Chapter {
    const { entries, cleared } = this.#journal.since(change)
    const parts = cleared ? [event('cleared', '{}')] : []
    const stopwatch = this.#journal.stopwatch()
    let to = this.#journal.changes
    let left = room
    for (const kept of entries) {
      const text = event('journal', JSON.stringify(entryOf(kept, stopwatch, MOST_OF_BODY)), kept.change)
      parts.push(text)
      left -= text.length
      if (left > 0) continue
      to = kept.change
      break
    }
    return { text: encoder.encode(parts.join('')), to }
  }
}

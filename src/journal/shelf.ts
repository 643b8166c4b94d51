import { utf8Text } from '../model/utf8.ts'

const encoder = new TextEncoder()

/** How many bytes of texts are held: the newest. */
const MOST = 4 * 1024 * 1024
const FIRST = 16 * 1024

/** Where a text stands. */
interface Place {
  readonly lap: number
  readonly start: number
  readonly end: number
}

/**
 * Texts as bytes in one block of memory, in which the newest take the place of the oldest: a thousand texts that
 * outlive their requests would cost the garbage collector more than to make them cost.
 */
export class Shelf {
  #bytes = new Uint8Array(0)
  #lap = 0
  #at = 0

  /** Holds a text of at most a third of what there is room for. */
  put(text: string): Place {
    for (;;) {
      const { read, written } = encoder.encodeInto(text, this.#bytes.subarray(this.#at))
      if (read === text.length) {
        const start = this.#at
        this.#at += written
        return { lap: this.#lap, start, end: this.#at }
      }
      this.#turn()
    }
  }

  /** Makes room: more of it, as long as there may be, and then that of the oldest texts. */
  #turn(): void {
    const size = this.#bytes.length
    if (size < MOST) {
      const more = new Uint8Array(Math.max(FIRST, size * 2))
      more.set(this.#bytes)
      this.#bytes = more
    } else {
      this.#lap++
      this.#at = 0
    }
  }

  /** A text that was put there; undefined once another has taken its place. */
  get({ lap, start, end }: Place): string | undefined {
    const isThere = lap === this.#lap || (lap === this.#lap - 1 && start >= this.#at)
    return isThere ? utf8Text(this.#bytes.subarray(start, end)) : undefined
  }
}

/** An answer whose body stands on a shelf. */
export class Shelved {
  readonly headers: Readonly<Record<string, string>>
  readonly #shelf: Shelf
  readonly #place: Place

  constructor(headers: Readonly<Record<string, string>>, body: string, shelf: Shelf) {
    this.headers = headers
    this.#shelf = shelf
    this.#place = shelf.put(body)
  }

  /** Undefined once another has taken its place. */
  get body(): string | undefined {
    return this.#shelf.get(this.#place)
  }
}

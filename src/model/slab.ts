import { utf8Text } from './utf8.ts'

const encoder = new TextEncoder()

/** What is left of a block when a text is put there: room for its frame, before it and behind it. */
const BEFORE = 12
const BEHIND = 8

/** How many bytes a first block has, and the largest: to take one for each answer would cost more than to write it. */
const FIRST = 16 * 1024
const MOST = 256 * 1024
/** A text that may come to more than this has a block of its own. */
const LARGE = MOST / 2

/** A text in UTF-8, among others in one block of memory, which lives as long as one of them. */
export class Placed {
  readonly #block: Uint8Array
  readonly #start: number
  readonly #end: number

  constructor(block: Uint8Array, start: number, end: number) {
    this.#block = block
    this.#start = start
    this.#end = end
  }

  /** How many bytes it takes. */
  get size(): number {
    return this.#end - this.#start
  }

  get bytes(): Uint8Array {
    return this.#block.subarray(this.#start, this.#end)
  }

  /** The text again, or of a longer one what so many bytes hold, without a part of a letter. */
  text(most: number): string {
    return utf8Text(this.#upTo(most))
  }

  /** The same in memory of its own. @param most how many bytes of it. */
  alone(most = this.size): Placed {
    const bytes = this.#upTo(most)
    const block = new Uint8Array(BEFORE + bytes.length + BEHIND)
    block.set(bytes, BEFORE)
    return new Placed(block, BEFORE, BEFORE + bytes.length)
  }

  #upTo(most: number): Uint8Array {
    let end = this.#start + Math.min(this.size, most)
    if (end < this.#end) while ((this.#block[end]! & 0xc0) === 0x80) end--
    return this.#block.subarray(this.#start, end)
  }

  /** The bytes with something in ASCII right before and behind them, where they stand. */
  framed(before: string, behind: string): Uint8Array {
    const from = this.#start - before.length
    encoder.encodeInto(before, this.#block.subarray(from, this.#start))
    encoder.encodeInto(behind, this.#block.subarray(this.#end, this.#end + BEHIND))
    return this.#block.subarray(from, this.#end + behind.length)
  }
}

/** Puts bytes in memory of their own. */
export const placeBytes = (bytes: Uint8Array): Placed => new Placed(bytes, 0, bytes.length).alone()

/** Memory with whatever stood there before, where the platform has that: nothing but what was written is ever read. */
const take = (size: number): Uint8Array => globalThis.Buffer?.allocUnsafeSlow(size) ?? new Uint8Array(size)

/** Memory for the texts of one project, in blocks. A block is given back once nobody holds a text in it. */
export class Slab {
  #block: Uint8Array = new Uint8Array(0)
  #taken = 0

  place(text: string): Placed {
    // One letter can take up to three bytes.
    const most = text.length * 3 + BEFORE + BEHIND
    if (most > LARGE) return placeBytes(encoder.encode(text))
    if (this.#block.length - this.#taken < most) {
      this.#block = take(Math.min(MOST, Math.max(FIRST, this.#block.length * 2, most)))
      this.#taken = 0
    }
    const start = this.#taken + BEFORE
    const end = start + encoder.encodeInto(text, this.#block.subarray(start)).written
    this.#taken = end + BEHIND
    return new Placed(this.#block, start, end)
  }
}

import { utf8Text } from './utf8.ts'

const encoder = new TextEncoder()

/** What is left of a block when a text is put there: room for its frame, before it and behind it. */
const BEFORE = 12
const BEHIND = 8

/** How much memory is taken at once, in bytes: one block an answer would cost more than to write it. */
const SLAB = 256 * 1024
/** A text that may come to more than this has a block of its own. */
const LARGE = SLAB / 2

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

/** Memory with whatever stood there before, where the platform has that: nothing but what was written is ever read. */
const takeSlab = (): Uint8Array => globalThis.Buffer?.allocUnsafeSlow(SLAB) ?? new Uint8Array(SLAB)

let slab: Uint8Array = new Uint8Array(0)
let taken = 0

/** Puts bytes in memory of their own. */
export const placeBytes = (bytes: Uint8Array): Placed => new Placed(bytes, 0, bytes.length).alone()

/** Puts a text in memory. What it takes is given back once nobody holds a text of the same block. */
export const place = (text: string): Placed => {
  // One letter can take up to three bytes.
  if (text.length * 3 > LARGE) return placeBytes(encoder.encode(text))
  if (slab.length - taken < text.length * 3 + BEFORE + BEHIND) {
    slab = takeSlab()
    taken = 0
  }
  const start = taken + BEFORE
  const end = start + encoder.encodeInto(text, slab.subarray(start)).written
  taken = end + BEHIND
  return new Placed(slab, start, end)
}

import type { HeaderList } from '../model/headers.ts'
import type { Placed } from '../model/slab.ts'
import { MOST_OF_BODY } from './body-capture.ts'
import type { KeptResponse } from './entry.ts'

/** How many bytes of bodies are held: the newest. */
const MOST = 4 * 1024 * 1024

/** An answer whose body is held until newer ones need its room. */
class Shelved implements KeptResponse {
  readonly headers: HeaderList
  placed: Placed | undefined

  constructor(headers: HeaderList, placed: Placed) {
    this.headers = headers
    this.placed = placed
  }
}

/** The bodies of the newest answers. */
export class Shelf {
  readonly #held: Shelved[] = []
  readonly #most: number
  /** How many answers were put here, and how many of them have lost their body again. */
  #put = 0
  #lost = 0
  #size = 0
  /** How many answers have a body that was given again: it is held once. */
  readonly #times = new Map<Placed, number>()

  /** @param most of how many answers bodies are held. */
  constructor(most: number) {
    this.#most = most
  }

  /** Holds as much of an answer as an entry shows. @param isHeld whether something else holds all of it. */
  put(headers: HeaderList, placed: Placed, isHeld: boolean): KeptResponse {
    // A copy of a part, so that a large body is not held for it.
    const part = placed.size > MOST_OF_BODY && !isHeld ? placed.alone(MOST_OF_BODY) : placed
    const shelved = new Shelved(headers, part)
    if (this.#put - this.#lost === this.#most) this.#loseOldest()
    this.#held[this.#put++ % this.#most] = shelved
    this.#size += isHeld ? this.#again(part, 1) : part.size
    while (this.#size > MOST) this.#loseOldest()
    return shelved
  }

  #loseOldest(): void {
    const oldest = this.#held[this.#lost++ % this.#most]!
    const placed = oldest.placed!
    oldest.placed = undefined
    this.#size -= this.#times.has(placed) ? this.#again(placed, -1) : placed.size
  }

  /** Counts what is given again. @returns how much it takes at its first time, or gives back at its last. */
  #again(placed: Placed, by: 1 | -1): number {
    const before = this.#times.get(placed) ?? 0
    const times = before + by
    if (times === 0) this.#times.delete(placed)
    else this.#times.set(placed, times)
    return times === 0 || before === 0 ? placed.size : 0
  }
}

import type { Micros } from '../model/time.ts'

/** A time as JavaScript has it, whole milliseconds. */
export const dateOf = (time: Micros): Date => new Date(Math.floor(time / 1e3))

/** A clock's position: frozen at `base`, or running since the machine's time was `since` (ms). */
export interface ClockState {
  readonly base: Micros
  readonly since: number | null
}

/**
 * The mock's time. It runs with the machine's, or stands still; it can be set and moved both ways.
 * Every expiry, filter, generated time and fault window of a project goes by it.
 */
export class Clock {
  #state: ClockState

  /** @param frozenAt stands still at this time; without it the clock runs with the machine's. */
  constructor(frozenAt?: Micros) {
    this.#state =
      frozenAt === undefined ? { base: Date.now() * 1e3, since: Date.now() } : { base: frozenAt, since: null }
  }

  get running(): boolean {
    return this.#state.since !== null
  }

  now(): Micros {
    const { base, since } = this.#state
    return since === null ? base : base + (Date.now() - since) * 1e3
  }

  /** Moves the clock to a time; a running one runs on from there. */
  set(to: Micros): void {
    this.#state = { base: to, since: this.running ? Date.now() : null }
  }

  advance(by: Micros): void {
    this.set(this.now() + by)
  }

  freeze(): void {
    this.#state = { base: this.now(), since: null }
  }

  run(): void {
    this.#state = { base: this.now(), since: Date.now() }
  }

  snapshot(): ClockState {
    return this.#state
  }

  restore(state: ClockState): void {
    this.#state = state
  }
}

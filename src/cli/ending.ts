const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** The signals that ask a program to end, caught from its first moment on; a second one ends it at once. */
export class Ending {
  readonly #asked = new AbortController()
  #first: NodeJS.Signals | undefined
  readonly #ask = (signal: NodeJS.Signals): void => {
    if (this.#first !== undefined) process.exit(0)
    this.#first = signal
    this.#asked.abort()
  }

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#ask)
  }

  /** Aborts with the first signal. */
  get asked(): AbortSignal {
    return this.#asked.signal
  }

  /** Leaves signals to what they do by themselves, one that came before included. */
  letGo(): void {
    for (const signal of SIGNALS) process.off(signal, this.#ask)
    if (this.#first !== undefined) process.kill(process.pid, this.#first)
  }
}

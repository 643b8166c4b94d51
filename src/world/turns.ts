/** How long, in milliseconds, whoever asks without a pause may keep timers and sockets from their turn. */
const LONGEST = 4

/** Those of the machine, taken before a test can replace them: no fake clock may hold an answer back. */
const now = performance.now.bind(performance)
const { setImmediate, setTimeout } = globalThis as Partial<Pick<typeof globalThis, 'setImmediate'>> & typeof globalThis

/** Whether a timer is one that a library for fake clocks put in the place of the machine's. */
const isFake = (timer: object): boolean => 'clock' in timer

const byMessage = (Channel: typeof MessageChannel, run: () => void): void => {
  const { port1, port2 } = new Channel()
  port1.addEventListener('message', () => {
    // An open port would keep a process alive.
    port1.close()
    run()
  })
  port1.start()
  port2.postMessage(undefined)
}

/** Runs something after whatever else the event loop has waiting; where there is no better way, by a timer. */
const later = (run: () => void): void => {
  if (setImmediate !== undefined && !isFake(setImmediate)) setImmediate(run)
  // No library replaces this one, and to name it loads the workers of Node.
  else if (globalThis.MessageChannel !== undefined) byMessage(globalThis.MessageChannel, run)
  else setTimeout(run, 0)
}

/**
 * Lets timers, aborts and sockets have their turn, which answers that come without waiting would keep from it: a
 * loop of requests would never end by a time limit. Only now and then, since a turn costs more than an answer.
 */
export class Turns {
  #last = -Infinity

  /** Resolves after a turn of the event loop when one is due, otherwise it is undefined. */
  due(): Promise<void> | undefined {
    const at = now()
    if (at - this.#last < LONGEST) return undefined
    this.#last = at
    return new Promise((resolve) => {
      later(() => {
        this.#last = now()
        resolve()
      })
    })
  }
}

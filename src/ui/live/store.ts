import { useEffect, useState } from 'preact/hooks'

/** A value that others are told of when it changes. */
export class Store<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set value(value: T) {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The value of a store; the component is drawn anew when it changes. */
export const useStore = <T>(store: Store<T>): T => {
  const [, draw] = useState({})
  const drawn = store.value
  useEffect(() => {
    const leave = store.listen(() => draw({}))
    // It may have changed between drawing and listening.
    if (drawn !== store.value) draw({})
    return leave
  }, [store])
  return drawn
}

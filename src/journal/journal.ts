import type { Micros } from '../model/time.ts'

/** The requests that a project saw. */
export class Journal {
  protected readonly now: () => Micros

  constructor(sources: { readonly now: () => Micros }) {
    this.now = sources.now
  }

  clear(): void {}
}

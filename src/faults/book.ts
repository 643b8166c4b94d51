import type { Micros } from '../model/time.ts'

/** What the book takes from its project. */
export interface FaultSources {
  readonly now: () => Micros
  readonly random: () => number
}

/** The armed rules of a project, in the order in which they were added, and how often each fired. */
export class FaultBook {
  protected readonly sources: FaultSources

  constructor(sources: FaultSources) {
    this.sources = sources
  }

  clear(): void {}
}

import type { Pointer } from '../model/flaw.ts'
import type { Source, Stamps } from '../seed/source.ts'

/** What was given as a configuration: one, or several of which the later go over the earlier, as with Kratos' own `-c`. */
export interface Sources {
  /** All of it as one. */
  readonly value: unknown
  /** The absolute paths of those that were files. */
  readonly files: readonly string[]
  /** What these were like when they were read. */
  readonly looked: Stamps
  /** The one that a part comes from. */
  sourceOf(pointer: Pointer): Source
}

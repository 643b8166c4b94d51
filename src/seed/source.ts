import type { TextOf } from '../go/json-places.ts'

/** What tells that a file is written or replaced, as it was just before it was read: undefined where there was none. */
export type Stamps = ReadonlyMap<string, string | undefined>

/** The files that were looked for while sources were read. */
export const stampsOf = (sources: readonly Pick<Source, 'looked'>[]): Map<string, string | undefined> =>
  new Map(sources.flatMap(({ looked }) => [...(looked ?? [])]))

/** A fixture before it is understood: its value, and for one that was text, where each part stands. */
export interface Source {
  readonly value: unknown
  readonly file?: string | undefined
  /** Whether it is the built-in team, which stands where nobody gave anything. */
  readonly isTeam?: true
  /** The files that were looked for, by their absolute paths: its own, and those of the schemas of `file://` URLs. */
  readonly looked?: Stamps | undefined
  /** Why the schemas that a `file://` URL names could not be read, by that URL. Those that could stand in `value`. */
  readonly unread?: ReadonlyMap<string, string> | undefined
  /** The text of a part, where it was JSON. */
  readonly textOf?: TextOf | undefined
  /** Where it stands among several that were given at once, and whether as one of a list of Kratos' own. */
  readonly among?: { readonly index: number; readonly pasted: boolean } | undefined
  /** Line and column, from 1, of the part that a JSON pointer names, or of the nearest part around it. */
  locate?(pointer: readonly string[]): Promise<{ readonly line: number; readonly column: number } | undefined>
}

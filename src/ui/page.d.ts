/** What the build makes of this folder. */

/** A part of the page by its name. */
export interface PagePart {
  /** Its media type. */
  readonly type: string
  readonly text: string
  /** Its entity tag, quotes included. */
  readonly tag: string
}

export declare const parts: Readonly<Record<string, PagePart>>

/** What the build makes of this folder. */

/** A part of the page by its name. */
export interface PagePart {
  /** Its media type. */
  readonly type: string
  readonly text: string
  /** Its entity tag, quotes included. */
  readonly tag: string
}

export declare const page: {
  /** What stands around the style, and what the page knows of its project, as JSON without a `<`. */
  readonly document: readonly [before: string, between: string, behind: string]
  /** The digest of the style in the document, as a policy has it. */
  readonly style: string
  readonly parts: Readonly<Record<string, PagePart>>
  /** Differs where any of this does. */
  readonly build: string
}

import type { FirstView } from '../control/first-view.ts'

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
  /** What stands around the style, what the page knows of its project, as JSON without a `<`, and the first view. */
  readonly document: readonly [string, string, string, string]
  /** The digests of the style and of the script in the document, as a policy has them. */
  readonly style: string
  readonly script: string
  readonly parts: Readonly<Record<string, PagePart>>
  /** Differs where any of this does. */
  readonly build: string
}

/** The first view of a project, as HTML. */
export declare const first: (given: FirstView) => string

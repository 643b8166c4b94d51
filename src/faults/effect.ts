import type { ErrorParts } from '../model/errors.ts'
import type { Micros } from '../model/time.ts'
import type { PageFault } from './page-fault.ts'

/** The parts of an `errorGeneric` that an effect sets; the others are the status' own. */
export type ErrorTexts = Pick<ErrorParts, 'id' | 'reason' | 'message' | 'details'>

/** What a rule does to a request, read and checked. */
export type Effect =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly error: ErrorTexts
      readonly headers: Readonly<Record<string, string>>
      /** A path of the public server that the body tells a browser to go to. */
      readonly redirect?: string
    }
  | { readonly kind: 'rateLimit'; readonly limit: number; readonly window: Micros }
  | { readonly kind: 'connection'; readonly how: 'reset' | 'close' | 'hang' }
  /** `how` the connection ends after the fraction `at` of the body. */
  | { readonly kind: 'cut'; readonly how: 'reset' | 'close'; readonly at: number }
  | {
      readonly kind: 'body'
      readonly how: 'malformed' | 'empty' | 'html'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
    }
  /** `every` in milliseconds. */
  | { readonly kind: 'slow'; readonly bytes: number; readonly every: number }
  | { readonly kind: 'page'; readonly how: PageFault }

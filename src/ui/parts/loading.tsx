import type { JSX } from 'preact'
import { Refused } from './verb.tsx'

/** What stands where something will be; it shows once that takes long enough to be noticed. */
export const Loading = (): JSX.Element => (
  <p class="empty loading" role="status" aria-busy="true">
    Loading …
  </p>
)

/** What stands where an answer will be, or why there is none. */
export const Waiting = ({ refusal }: { readonly refusal: string | undefined }): JSX.Element =>
  refusal === undefined ? <Loading /> : <Refused reason={refusal} />

import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Session } from '../../model/session.ts'
import { ALWAYS, type Micros, type Validity } from '../../model/time.ts'

/** What a body says of a session (session/session.go:282-296); without the identity, its state is left out. */
export const isActive = (session: Session, identity: Identity | undefined, now: Micros): boolean =>
  session.active && session.expires > now && identity?.state !== 'inactive'

/** How long none of these sessions expires, seen from `now`. */
export const validityOf = (sessions: readonly Session[], now: Micros, within: Validity = ALWAYS): Validity => {
  let { from, until } = within
  for (const { expires } of sessions) {
    // A session at its very expiry is still in Kratos' filter, but no longer active: each moment is an edge.
    if (expires < now) from = Math.max(from, expires + 1)
    else if (expires === now) {
      from = now
      until = Math.min(until, now + 1)
    } else until = Math.min(until, expires)
  }
  return { from, until }
}

const SPELLINGS = new Map<Bytes, boolean | undefined>([
  ['', undefined],
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
])

/** Reads `active` as Go's strconv.ParseBool does; undefined is no filter. @throws KratosError 400 for any other text. */
export const parseActive = (text: Bytes): boolean | undefined => {
  if (!SPELLINGS.has(text)) throw new KratosError(400, { message: 'could not parse parameter active' })
  return SPELLINGS.get(text)
}

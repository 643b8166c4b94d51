import type { JSX } from 'preact'
import type { SessionLine } from '../../control/people.ts'
import { parseTime, type Micros } from '../../model/time.ts'
import { spanText } from '../live/time.ts'

export type SessionState = 'active' | 'expiring' | 'expired' | 'revoked' | 'inactive'

/** A session that has less than this left is about to expire. */
const EXPIRING = 60e6

/** What a session is at a time; one that its identity keeps from being active is inactive. */
export const stateOf = (session: SessionLine, identityState: string, now: Micros): SessionState => {
  if (!session.active) return 'revoked'
  const left = parseTime(session.expires_at)!.micros - now
  if (left <= 0) return 'expired'
  if (identityState === 'inactive') return 'inactive'
  return left <= EXPIRING ? 'expiring' : 'active'
}

/** The state of an identity, a session or a rule, in a word and a colour. */
export const Badge = ({ state }: { readonly state: string }): JSX.Element => (
  <span class={`badge ${state.replaceAll(' ', '-')}`}>{state}</span>
)

/** How long until a time, or since it. */
export const Left = ({ until, now }: { readonly until: string; readonly now: Micros }): JSX.Element => {
  const left = parseTime(until)!.micros - now
  return <span class="left">{left > 0 ? spanText(left) : `${spanText(left)} ago`}</span>
}

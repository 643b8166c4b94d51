import type { Identity } from '../../model/identity.ts'
import type { Session } from '../../model/session.ts'
import type { Micros } from '../../model/time.ts'

/** What a body says of a session (session/session.go:282-296); without the identity, its state is left out. */
export const isActive = (session: Session, identity: Identity | undefined, now: Micros): boolean =>
  session.active && session.expires > now && identity?.state !== 'inactive'

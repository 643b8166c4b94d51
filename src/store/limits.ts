import { KratosError } from '../model/errors.ts'

/** More would not fit the memory of a process. */
export const MOST_IDENTITIES = 250_000
export const MOST_SESSIONS = 1_000_000

/** How many flows, errors of flows and messages are kept: then the older half is forgotten. */
export const MOST_FLOWS = 10_000

/** A write would have put more into the store than it takes. Nothing of it is stored. */
export class Full extends KratosError {
  constructor(what: 'identities' | 'sessions', most: number) {
    super(507, {
      reason: `This mock holds at most ${most} ${what}. Delete some, or reset it.`,
      message: 'The mock is full',
    })
  }
}

/** @throws Full for more rows than are held. */
export const checkRoom = (identities: number, sessions: number): void => {
  if (identities > MOST_IDENTITIES) throw new Full('identities', MOST_IDENTITIES)
  if (sessions > MOST_SESSIONS) throw new Full('sessions', MOST_SESSIONS)
}

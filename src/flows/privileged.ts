import { parseTime } from '../model/time.ts'
import type { Visit } from './visit.ts'

/** A change of credentials needs a login that is not long ago. */
export class NeedsLogin extends Error {
  override readonly name = 'NeedsLogin'
}

/** Whether the caller signed in within the privileged session's age. */
export const isPrivileged = ({ caller, config, now }: Visit): boolean =>
  parseTime(caller!.session.authenticated_at)!.micros + config.settings.privilegedMaxAge >= now

/** @throws NeedsLogin */
export const requireRecentLogin = (visit: Visit): void => {
  if (!isPrivileged(visit)) throw new NeedsLogin()
}

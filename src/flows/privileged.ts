import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { parseTime } from '../model/time.ts'
import { withParams, type Visit } from './visit.ts'

/** Whether the caller signed in within the privileged session's age. */
export const isPrivileged = ({ caller, config, now }: Visit): boolean =>
  parseTime(caller!.session.authenticated_at)!.micros + config.settings.privilegedMaxAge >= now

/** The same for all but a password: an age of nothing is no bound in the next release (session/manager_http.go IsPrivileged). */
export const isPrivilegedOrUnbound = (visit: Visit): boolean =>
  isPrivileged(visit) || (visit.isNext && visit.config.settings.privilegedMaxAge <= 0)

/** A change of credentials needs a login that is not long ago (selfservice/flow/settings/error.go reauthenticate). */
export class NeedsLogin extends KratosError {
  constructor({ publicUrl }: Visit, { id }: Flow) {
    super(403, {
      id: 'session_refresh_required',
      reason: 'The login session is too old and thus not allowed to update these fields. Please re-authenticate.',
      beside: {
        redirect_browser_to: withParams(`${publicUrl}/self-service/login/browser`, {
          refresh: 'true',
          return_to: withParams(`${publicUrl}/self-service/settings`, { flow: id }),
        }),
      },
    })
  }
}

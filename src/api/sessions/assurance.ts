import { AAL2_LOGIN, AAL2_REQUIRED, KratosError } from '../../model/errors.ts'
import type { RequiredAal } from '../../model/selfservice.ts'
import type { World } from '../../world/world.ts'
import { firstFactors, secondFactors } from '../identities/factors.ts'
import type { Caller } from './my-sessions.ts'

/**
 * Kratos wants the highest authenticator assurance level that an identity can reach, unless it is configured
 * otherwise (session/manager_http.go DoesSessionSatisfy, `session.whoami.required_aal`).
 * @param required that of whoami unless it is another's.
 * @throws KratosError 403 `session_aal2_required` where the second factor is still to come.
 */
export const checkAssurance = (
  world: World,
  { session, identity }: Caller,
  required: RequiredAal = world.selfService.whoamiAal,
): void => {
  const { authenticator_assurance_level: reached } = session
  if (required === 'aal1') return
  if (reached !== 'aal0' && reached !== 'aal1') return
  if (firstFactors(identity) === 0 || secondFactors(identity) === 0) return
  const redirect_browser_to = `${world.origins.public}${AAL2_LOGIN}`
  throw new KratosError(403, {
    ...AAL2_REQUIRED,
    details: { redirect_browser_to },
    beside: { redirect_browser_to },
  })
}

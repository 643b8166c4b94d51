import { AAL2_LOGIN, AAL2_REQUIRED, KratosError } from '../../model/errors.ts'
import { ownMember } from '../../model/json.ts'
import type { RequiredAal } from '../../model/selfservice.ts'
import type { AuthenticationMethod } from '../../model/session.ts'
import type { World } from '../../world/world.ts'
import { firstFactors, secondFactors } from '../identities/factors.ts'
import type { Caller } from './caller.ts'

/** What a method is worth that does not say so, as sessions from before Kratos 0.9. */
const UNSAID: Readonly<Record<string, 'aal1' | 'aal2'>> = {
  code_recovery: 'aal1',
  oidc: 'aal1',
  'v0.6_legacy_session': 'aal1',
  password: 'aal1',
  webauthn: 'aal2',
  totp: 'aal2',
  lookup_secret: 'aal2',
}

/** A provider that asked for a second factor itself makes a session of both levels alone. */
const BOTH: readonly string[] = ['oidc', 'saml']

/** The level that methods reach together (session/session.go SetAuthenticatorAssuranceLevel). */
export const levelOf = (world: World, methods: readonly AuthenticationMethod[] | null): string => {
  if (methods === null || methods.length === 0) return 'aal0'
  const isNext = world.profile.knows('next')
  const levels = new Set(methods.map(({ method, aal }) => aal || (isNext ? undefined : ownMember(UNSAID, method))))
  const alone = isNext && methods.some(({ method, aal }) => aal === 'aal2' && BOTH.includes(method))
  return levels.has('aal2') && (levels.has('aal1') || alone) ? 'aal2' : 'aal1'
}

/** A caller at the level that its methods reach: where it matters, Kratos does not trust what is stored. */
export const assured = (world: World, caller: Caller): Caller => {
  const { session } = caller
  const level = levelOf(world, session.authentication_methods)
  return level === session.authenticator_assurance_level
    ? caller
    : { ...caller, session: { ...session, authenticator_assurance_level: level } }
}

/**
 * Why a session needs its second factor first: Kratos wants the highest authenticator assurance level that an identity
 * can reach, unless it is configured otherwise (session/manager_http.go DoesSessionSatisfy).
 */
export const assuranceError = (
  world: World,
  { session, identity }: Caller,
  required: RequiredAal,
): KratosError | undefined => {
  if (required === 'aal1' || session.authenticator_assurance_level === 'aal2') return undefined
  if (firstFactors(world, identity) === 0 || secondFactors(identity) === 0) return undefined
  const redirect_browser_to = `${world.origins.public}${AAL2_LOGIN}`
  return new KratosError(403, { ...AAL2_REQUIRED, details: { redirect_browser_to }, beside: { redirect_browser_to } })
}

/** The same of whoami (`session.whoami.required_aal`). @throws KratosError 403 `session_aal2_required` */
export const checkAssurance = (world: World, caller: Caller): void => {
  const lacks = assuranceError(world, caller, world.selfService.whoamiAal)
  if (lacks !== undefined) throw lacks
}

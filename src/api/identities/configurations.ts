import { decodeGo, goBool, goStruct, goText, type GoType } from '../../go/json-decode.ts'
import { GoJsonError, parseWhole } from '../../go/json-parse.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { World } from '../../world/world.ts'
import { secondFactors } from './factors.ts'
import type { CredentialWork, IdentityWork } from './identity-work.ts'
import { providersType } from './providers.ts'
import { storedCodes, storedKeys } from './second-factor-bodies.ts'

const password = goStruct('identity.CredentialsPassword', {
  hashed_password: goText(),
  use_password_migration_hook: goBool,
})
const totp = goStruct('identity.CredentialsTOTPConfig', { totp_url: goText() })

type Shape = readonly [type: string, shape: GoType<unknown>]

/** What the strategies read of configurations, in their order. */
const SECOND: readonly Shape[] = [
  ['totp', totp as GoType<unknown>],
  ['webauthn', storedKeys as GoType<unknown>],
  ['lookup_secret', storedCodes as GoType<unknown>],
]
const FIRST: readonly Shape[] = [
  ['password', password as GoType<unknown>],
  ['oidc', providersType as GoType<unknown>],
  ['webauthn', storedKeys as GoType<unknown>],
  ['passkey', storedKeys as GoType<unknown>],
]

const flawOf = (one: CredentialWork, shape: GoType<unknown>): string | undefined => {
  if (one.config === '') return undefined
  if (one.type === 'passkey' && (one.identifiers ?? []).join('') === '') return undefined
  try {
    decodeGo(shape, parseWhole(one.config))
    return undefined
  } catch (error) {
    if (error instanceof GoJsonError) return error.message
    throw error
  }
}

/**
 * Kratos counts the ways to sign in before it stores a changed identity, the second factors first, and the others where
 * there is none (identity/identity.go SetAvailableAAL), and so meets configurations of another shape than it writes.
 * @throws KratosError: Kratos blames itself.
 */
export const checkConfigurations = (world: World, { credentials }: IdentityWork): void => {
  const all = [...credentials.values()].map((one) => ({ ...one, identifiers: one.identifiers ?? [] }))
  const check = (shapes: readonly Shape[]): void => {
    for (const [type, shape] of shapes) {
      // A patch may have left another type under a name.
      const [flaw] = all.filter((one) => one.type === type).flatMap((one) => flawOf(one, shape) ?? [])
      if (flaw === undefined) continue
      throw world.profile.has.internalErrors
        ? new KratosError(500, { message: flaw })
        : new KratosError(400, { reason: `The configuration of \`${type}\` cannot be read: ${flaw}` })
    }
  }
  check(SECOND)
  if (secondFactors({ credentials: all } as Pick<Identity, 'credentials'>) === 0) check(FIRST)
}

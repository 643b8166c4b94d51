import { goBool, goPointer, goRaw, goSlice, goStruct, goText, type GoType } from '../../go/json-decode.ts'
import { goNullTime, goNullUuid, goTime, goUuid, goUuidPointer } from '../../go/json-values.ts'
import type { JsonText, RecoveryAddress, VerifiableAddress } from '../../model/identity.ts'
import type { Profile } from '../../profiles/profile.ts'
import { codesBody, keysBody, totpBody, type CodeBody, type KeysBody } from './second-factor-bodies.ts'

export interface PasswordBody {
  readonly hashed_password: string
  readonly password: string
  readonly use_password_migration_hook: boolean
}

export interface ProviderBody {
  readonly subject: string
  readonly provider: string
  readonly use_auto_link?: boolean
  readonly organization?: string | null
}

interface Config<T> {
  readonly config: T
}

interface Providers {
  readonly providers: readonly ProviderBody[] | null
}

/** `identityWithCredentials` of the reference. */
export interface CredentialsBody {
  readonly password: Config<PasswordBody> | null
  readonly oidc: Config<Providers> | null
  readonly saml?: Config<Providers> | null
  readonly totp?: Config<{ readonly totp_url: string }> | null
  readonly webauthn?: Config<KeysBody> | null
  readonly passkey?: Config<KeysBody> | null
  readonly lookup_secret?: Config<{ readonly codes: readonly CodeBody[] | null }> | null
}

/** `updateIdentityBody` of the reference. Raw JSON is null where it was absent. */
export interface UpdateBody {
  readonly schema_id: string
  readonly traits: JsonText | null
  readonly credentials: CredentialsBody | null
  readonly metadata_public: JsonText | null
  readonly metadata_admin: JsonText | null
  readonly state: string
  readonly external_id?: string
  readonly region?: string
}

/** `createIdentityBody` of the reference. */
export interface CreateBody extends UpdateBody {
  readonly verifiable_addresses: readonly VerifiableAddress[] | null
  readonly recovery_addresses: readonly RecoveryAddress[] | null
  readonly organization_id?: string | null
}

/** `patchIdentitiesBody` of the reference. */
export interface BatchBody {
  readonly identities:
    | readonly ({ readonly create: CreateBody | null; readonly patch_id: string | null } | null)[]
    | null
}

/** An address as a body brings it along; the nil UUID and the zero time stand for what was left out. */
export const verifiableAddress: GoType<VerifiableAddress> = goStruct('identity.VerifiableAddress', {
  id: goUuid,
  value: goText(),
  verified: goBool,
  via: goText(),
  status: goText('identity.VerifiableAddressStatus'),
  verified_at: goNullTime,
  created_at: goTime,
  updated_at: goTime,
})

const recoveryAddressBy = (via: GoType<string>): GoType<RecoveryAddress> =>
  goStruct('identity.RecoveryAddress', { id: goUuid, value: goText(), via, created_at: goTime, updated_at: goTime })

export const recoveryAddress = recoveryAddressBy(goText())

/** The same until v25.4.0, where the channel had a type of its own. */
export const typedRecoveryAddress = recoveryAddressBy(goText('identity.RecoveryAddressType'))

const passwordConfig = goStruct<PasswordBody>('identity.AdminIdentityImportCredentialsPasswordConfig', {
  hashed_password: goText(),
  password: goText(),
  use_password_migration_hook: goBool,
})

const importOf = <T extends object>(name: string, config: GoType<T>): GoType<Config<T> | null> =>
  goPointer(goStruct<Config<T>>(`identity.AdminIdentityImportCredentials${name}`, { config }))

const providerOf = (kind: 'OIDC' | 'SAML'): GoType<ProviderBody> => {
  const name = `identity.AdminCreateIdentityImportCredentials${kind}Provider`
  const fields = { subject: goText(), provider: goText(), organization: goNullUuid }
  return kind === 'SAML'
    ? goStruct<ProviderBody>(name, fields)
    : goStruct<ProviderBody>(name, { ...fields, use_auto_link: goBool })
}

const providersOf = (kind: 'OIDC' | 'SAML'): GoType<Providers> =>
  goStruct(`identity.AdminIdentityImportCredentials${kind}Config`, { providers: goSlice(providerOf(kind)) })

/** Kratos 1.3 knows no SAML, and takes a password's configuration inside OpenID Connect's. */
const oldProviders = goStruct<Providers & { readonly config: PasswordBody }>(
  'identity.AdminIdentityImportCredentialsOIDCConfig',
  {
    config: passwordConfig,
    providers: goSlice(
      goStruct<ProviderBody>('identity.AdminCreateIdentityImportCredentialsOidcProvider', {
        subject: goText(),
        provider: goText(),
      }),
    ),
  },
)

/** What tells the bodies of releases apart. */
interface Vintage {
  readonly isOld: boolean
  readonly isNew: boolean
  readonly hasTypedAddresses: boolean
}

const credentialsOf = ({ isOld, isNew }: Vintage): GoType<CredentialsBody | null> => {
  const password = importOf('Password', passwordConfig)
  const name = 'identity.IdentityWithCredentials'
  if (isOld)
    return goPointer(goStruct<CredentialsBody>(name, { password, oidc: importOf<Providers>('OIDC', oldProviders) }))
  const oidc = importOf('OIDC', providersOf('OIDC'))
  const saml = importOf('SAML', providersOf('SAML'))
  if (!isNew) return goPointer(goStruct<CredentialsBody>(name, { password, oidc, saml }))
  return goPointer(
    goStruct<CredentialsBody>(name, {
      password,
      oidc,
      saml,
      totp: importOf('TOTP', totpBody),
      webauthn: importOf('WebAuthn', keysBody('WebAuthn')),
      passkey: importOf('Passkey', keysBody('Passkey')),
      lookup_secret: importOf('LookupSecret', codesBody),
    }),
  )
}

/** The bodies of the writing operations. */
export interface Bodies {
  readonly create: GoType<CreateBody>
  readonly update: GoType<UpdateBody>
  readonly batch: GoType<BatchBody>
}

const bodiesFor = (vintage: Vintage): Bodies => {
  const { isOld, isNew, hasTypedAddresses } = vintage
  const fields = {
    schema_id: goText(),
    traits: goRaw,
    credentials: credentialsOf(vintage),
    metadata_public: goRaw,
    metadata_admin: goRaw,
    state: goText('identity.State'),
    ...(isOld ? {} : { external_id: goText() }),
    ...(isNew ? { region: goText('region.Region') } : {}),
  }
  const create = goStruct<CreateBody>('identity.CreateIdentityBody', {
    ...fields,
    verifiable_addresses: goSlice(verifiableAddress),
    recovery_addresses: goSlice(hasTypedAddresses ? typedRecoveryAddress : recoveryAddress),
    ...(isOld ? {} : { organization_id: goNullUuid }),
  })
  const patch = goStruct<NonNullable<NonNullable<BatchBody['identities']>[number]>>('identity.BatchIdentityPatch', {
    create: goPointer(create),
    patch_id: goUuidPointer,
  })
  return {
    create,
    update: goStruct<UpdateBody>('identity.UpdateIdentityBody', fields),
    batch: goStruct<BatchBody>('identity.BatchPatchIdentitiesBody', { identities: goSlice(goPointer(patch)) }),
  }
}

const made = new Map<string, Bodies>()

/** What the bodies of a profile's release are made of. */
export const bodiesOf = (profile: Profile): Bodies => {
  const vintage = {
    isOld: !profile.knows('v25.4.0'),
    isNew: profile.knows('next'),
    hasTypedAddresses: !profile.knows('v26.2.0'),
  }
  const key = JSON.stringify(vintage)
  const there = made.get(key) ?? bodiesFor(vintage)
  made.set(key, there)
  return there
}

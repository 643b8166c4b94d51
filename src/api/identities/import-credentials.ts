import { goJson } from '../../model/json.ts'
import type { World } from '../../world/world.ts'
import type { CredentialsBody, PasswordBody, ProviderBody } from './bodies.ts'
import { credentialWork, type IdentityWork } from './identity-work.ts'
import { importSecondFactors, readingConfig } from './import-second-factors.ts'
import { checkPasswordHash, checkPasswordLength, plainPasswordHash } from './password-hash.ts'
import { providerId, providersConfig, providersOf, type Provider } from './providers.ts'

const imported = ({ subject, provider, organization, use_auto_link }: ProviderBody): Provider => ({
  subject,
  provider,
  initial_id_token: '',
  initial_access_token: '',
  initial_refresh_token: '',
  organization: organization ?? '',
  use_auto_link: use_auto_link ?? false,
})

const importProviders = (work: IdentityWork, type: 'oidc' | 'saml', given: readonly ProviderBody[] | null): void => {
  const there = work.credentials.get(type)
  const made = (given ?? []).map(imported)
  const ids = made.map(providerId)
  if (there === undefined) {
    // Go's slices stay nil when nothing is appended.
    const isEmpty = made.length === 0
    work.credentials.set(type, {
      ...credentialWork(type),
      identifiers: isEmpty ? null : ids,
      config: providersConfig(isEmpty ? null : made),
    })
    return
  }
  const before = readingConfig(() => providersOf(there.config))
  const all = before === null && made.length === 0 ? null : [...(before ?? []), ...made]
  work.credentials.set(type, {
    ...there,
    identifiers: [...(there.identifiers ?? []), ...ids],
    config: providersConfig(all),
  })
}

const importPassword = (world: World, work: IdentityWork, given: PasswordBody): void => {
  const { use_password_migration_hook, password } = given
  const set = (config: object): void => {
    work.credentials.set('password', { ...credentialWork('password'), config: goJson(config) })
  }
  if (use_password_migration_hook) return set({ hashed_password: '', use_password_migration_hook })
  checkPasswordLength(password, world.profile)
  const hashed_password = password === '' ? given.hashed_password : plainPasswordHash(world.random, password)
  checkPasswordHash(hashed_password, world.profile)
  set({ hashed_password })
}

/** Adds the credentials of a body to an identity's (identity/handler_import.go): a password takes the place of the one before. */
export const importCredentials = (world: World, work: IdentityWork, given: CredentialsBody | null): void => {
  if (given === null) return
  if (given.password !== null) importPassword(world, work, given.password.config)
  if (given.oidc !== null) importProviders(work, 'oidc', given.oidc.config.providers)
  if (given.saml) importProviders(work, 'saml', given.saml.config.providers)
  importSecondFactors(work, given)
}

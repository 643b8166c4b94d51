import { textOf } from '../../go/bytes.ts'
import { GoJsonError } from '../../go/json-parse.ts'
import { KratosError } from '../../model/errors.ts'
import { goJson } from '../../model/json.ts'
import type { CredentialsBody } from './bodies.ts'
import { credentialWork, type IdentityWork } from './identity-work.ts'
import { codesConfig, codesOf, keysConfig, keysOf, type CodeBody, type KeysBody } from './second-factor-bodies.ts'

/** Reads the configuration of a stored credential. @throws KratosError 400 for one of another shape, which a patch may have left. */
export const readingConfig = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw error instanceof GoJsonError ? new KratosError(400, { reason: error.message }) : error
  }
}

/** Keys by their ids: new ones take the place of those with the same id, the others are added. */
const merged = (before: KeysBody, given: KeysBody): KeysBody['credentials'] => {
  const all = [...(before.credentials ?? [])]
  for (const key of given.credentials ?? []) {
    const at = (before.credentials ?? []).findIndex(({ id }) => (id ?? '') === (key.id ?? ''))
    if (at < 0) all.push(key)
    else all[at] = key
  }
  return all
}

const set = (work: IdentityWork, type: string, identifiers: readonly string[] | null, config: string): void => {
  work.credentials.set(type, { ...credentialWork(type), identifiers, config })
}

/** Adds keys to those that are there; a handle stays unless another one is given. */
const importKeys = (work: IdentityWork, type: 'webauthn' | 'passkey', given: KeysBody): void => {
  const there = work.credentials.get(type)
  const before = there === undefined ? undefined : readingConfig(() => keysOf(there.config))
  const credentials = before === undefined ? given.credentials : merged(before, given)
  const user_handle = given.user_handle || (before?.user_handle ?? given.user_handle)
  const identifiers = there?.identifiers ?? null
  if (type === 'webauthn') return set(work, type, identifiers, keysConfig({ credentials, user_handle }))
  if (!user_handle) {
    throw new KratosError(400, {
      reason:
        'Passkey credential import requires a non-empty user_handle. ' +
        'It must match the WebAuthn user handle stored on the authenticator.',
    })
  }
  if ((credentials ?? []).length === 0) {
    throw new KratosError(400, {
      reason: 'Passkey credential import requires at least one entry in credentials.passkey.config.credentials.',
    })
  }
  const handle = textOf(atob(given.user_handle ?? ''))
  const named = handle === '' || identifiers?.includes(handle) ? identifiers : [...(identifiers ?? []), handle]
  return set(work, type, named, keysConfig({ credentials, user_handle }))
}

const importCodes = (work: IdentityWork, given: readonly CodeBody[] | null): void => {
  const there = work.credentials.get('lookup_secret')
  const before = there === undefined ? null : readingConfig(() => codesOf(there.config))
  const all = [...(before ?? []), ...(given ?? [])]
  set(work, 'lookup_secret', null, codesConfig(all.length === 0 ? before : all))
}

/** Adds the second factors of a body (identity/handler_import.go): codes and keys join those before, TOTP replaces. */
export const importSecondFactors = (work: IdentityWork, given: CredentialsBody): void => {
  if (given.webauthn) importKeys(work, 'webauthn', given.webauthn.config)
  if (given.passkey) importKeys(work, 'passkey', given.passkey.config)
  if (given.lookup_secret) importCodes(work, given.lookup_secret.config.codes)
  if (given.totp) set(work, 'totp', null, goJson({ totp_url: given.totp.config.totp_url }))
}

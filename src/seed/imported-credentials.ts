import { entriesOf, isObject } from '../model/json.ts'
import type { CredentialsBody, PasswordBody, ProviderBody } from '../api/identities/bodies.ts'
import { isPasswordHash } from '../api/identities/password-hash.ts'
import { codesBody, keysBody, totpBody } from '../api/identities/second-factor-bodies.ts'
import { decodeGo, type GoType } from '../go/json-decode.ts'
import { GoJsonError, parseWhole } from '../go/json-parse.ts'
import type { Pointer } from '../model/flaw.ts'
import type { Checker } from './checker.ts'

/** The types of credentials that an import makes of something else than what is stored. */
const IMPORTED_TYPES: readonly string[] = ['password', 'oidc', 'saml']

/** Those that an import has in another shape, too, told by its having nothing but a configuration. */
const SECOND_FACTORS = {
  totp: totpBody,
  lookup_secret: codesBody,
  webauthn: keysBody('WebAuthn'),
  passkey: keysBody('Passkey'),
} as const

/** Whether a credential of an import is yet to be made; the others are as they are stored. */
export const isYetToBeMade = (type: string, value: unknown): boolean =>
  IMPORTED_TYPES.includes(type) ||
  (Object.hasOwn(SECOND_FACTORS, type) &&
    isObject(value) &&
    entriesOf(value).every(([key]) => key === 'config') &&
    value['config'] !== undefined)

export const PASSWORD_KEYS = ['hashed_password', 'password', 'use_password_migration_hook'] as const
export const PROVIDER_KEYS = ['subject', 'provider', 'organization', 'use_auto_link'] as const

/** Reads the credentials of a body that creates an identity (`identityWithCredentials`). */
class ImportReader {
  readonly #check: Checker
  readonly #pointer: Pointer

  constructor(check: Checker, pointer: Pointer) {
    this.#check = check
    this.#pointer = pointer
  }

  #config(value: unknown, type: string, keys: readonly string[]): Readonly<Record<string, unknown>> | undefined {
    if (value === undefined || value === null) return undefined
    const at = [...this.#pointer, type]
    const fields = this.#check.fields(value, at, ['config'], 'an object with a config')
    return fields && this.#check.fields(fields['config'] ?? {}, [...at, 'config'], keys, 'a config')
  }

  password(value: unknown): PasswordBody | undefined {
    const config = this.#config(value, 'password', PASSWORD_KEYS)
    if (config === undefined) return undefined
    const at = (key: string): Pointer => [...this.#pointer, 'password', 'config', key]
    const hashed_password = this.#check.text(config['hashed_password'], at('hashed_password')) ?? ''
    const password = this.#check.text(config['password'], at('password')) ?? ''
    const hook = 'use_password_migration_hook'
    const use_password_migration_hook = this.#check.flag(config[hook], at(hook)) ?? false
    if (password === '' && !use_password_migration_hook && !isPasswordHash(hashed_password))
      this.#check.flaw(at('hashed_password'), 'a hash in a format that Kratos knows', config['hashed_password'])
    return { hashed_password, password, use_password_migration_hook }
  }

  /** A second factor by the type that the API decodes it to; null where there is none. */
  secondFactor<T>(value: unknown, type: string, shape: GoType<T>): { readonly config: T } | null {
    if (!isYetToBeMade(type, value)) return null
    const { config } = value as { readonly config: unknown }
    try {
      return {
        config: decodeGo(shape, parseWhole(this.#check.json(config, [...this.#pointer, type], 'config')), {
          strict: true,
        }),
      }
    } catch (error) {
      if (!(error instanceof GoJsonError)) throw error
      this.#check.flaw([...this.#pointer, type, 'config'], `a config that can be imported (${error.message})`, config)
      return null
    }
  }

  providers(value: unknown, type: 'oidc' | 'saml'): readonly ProviderBody[] | undefined {
    const config = this.#config(value, type, ['providers'])
    if (config === undefined) return undefined
    const place = [...this.#pointer, type, 'config', 'providers']
    return this.#check.list(config['providers'], place, 'an array of providers').flatMap((one, n) => {
      const at = [...place, n]
      const fields = this.#check.fields(one, at, PROVIDER_KEYS, 'a provider')
      if (fields === undefined) return []
      const text = (key: string): string =>
        this.#check.text(fields[key], [...at, key]) ?? this.#check.flaw([...at, key], 'a string', fields[key]) ?? ''
      return [
        {
          subject: text('subject'),
          provider: text('provider'),
          organization: this.#check.uuid(fields['organization'], [...at, 'organization']) ?? null,
          use_auto_link: this.#check.flag(fields['use_auto_link'], [...at, 'use_auto_link']) ?? false,
        },
      ]
    })
  }
}

/** The credentials of an import, as the operations that create identities take them. */
export const importedCredentials = (check: Checker, value: unknown, pointer: Pointer): CredentialsBody => {
  const given = isObject(value) ? value : {}
  const reader = new ImportReader(check, pointer)
  const password = reader.password(given['password'])
  const oidc = reader.providers(given['oidc'], 'oidc')
  const saml = reader.providers(given['saml'], 'saml')
  return {
    password: password === undefined ? null : { config: password },
    oidc: oidc === undefined ? null : { config: { providers: oidc } },
    saml: saml === undefined ? null : { config: { providers: saml } },
    totp: reader.secondFactor(given['totp'], 'totp', SECOND_FACTORS.totp),
    lookup_secret: reader.secondFactor(given['lookup_secret'], 'lookup_secret', SECOND_FACTORS.lookup_secret),
    webauthn: reader.secondFactor(given['webauthn'], 'webauthn', SECOND_FACTORS.webauthn),
    passkey: reader.secondFactor(given['passkey'], 'passkey', SECOND_FACTORS.passkey),
  }
}

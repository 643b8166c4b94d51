import { isObject } from '../model/json.ts'
import { pointerText, type Pointer } from '../model/flaw.ts'

/** Keys whose URLs name Jsonnet, where one stands. */
const JSONNET: ReadonlySet<string> = new Set(['mapper_url', 'claims_mapper_url'])
/** Hooks that do in Kratos what nothing here does. */
const HOOKS: ReadonlySet<unknown> = new Set([
  'web_hook',
  'verify_new_address',
  'notify_previous_addresses',
  'b2b_sso',
  'organization',
])

const METHODS = 'totp lookup_secret webauthn passkey oidc saml deviceauthn captcha'.split(' ')

/** Keys that change in Kratos what is modelled here, each with the value that changes nothing. */
const KEYS: readonly (readonly [path: string, harmless: unknown])[] = [
  ...METHODS.map((name) => [`selfservice/methods/${name}/enabled`, false] as const),
  ['selfservice/methods/profile/enabled', true],
  ['selfservice/methods/code/mfa_enabled', false],
  ['selfservice/methods/code/config/missing_credential_fallback_enabled', false],
  ['selfservice/methods/password/config/haveibeenpwned_enabled', false],
  ['selfservice/methods/password/config/migrate_hook/enabled', false],
  ['selfservice/flows/login/style', 'unified'],
  ['selfservice/flows/registration/login_hints', false],
  ['selfservice/flows/logout/clear_browser_data', false],
  ['cookies/secure', false],
  ['session/cookie/secure', false],
  ['feature_flags/use_continue_with_transitions', false],
  ['feature_flags/choose_recovery_address', false],
  ['feature_flags/refresh_login_choose_address', false],
  ['feature_flags/password_profile_registration_node_group', 'default'],
  ['courier/template_override_path', ''],
  ['courier/templates', undefined],
  ['oauth2_provider/url', ''],
]

const isCall = (key: string | number | undefined): boolean => key === 'request_config'

/** The places of hooks and of Jsonnet that are not run. */
const unrun = (value: unknown, at: Pointer): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one: unknown, n) => unrun(one, [...at, n]))
  if (!isObject(value)) return []
  if (HOOKS.has(value['hook'])) return [`${pointerText(at)} (${String(value['hook'])})`]
  const jsonnet = (key: string): string => `${pointerText([...at, key])} (Jsonnet)`
  if (isCall(at.at(-1))) return typeof value['body'] === 'string' ? [jsonnet('body')] : []
  return Object.entries(value).flatMap(([key, one]) =>
    JSONNET.has(key) && typeof one === 'string' && one !== '' ? [jsonnet(key)] : unrun(one, [...at, key]),
  )
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)

/** What of a configuration Kratos would do and the mock does not, by its place: hooks, Jsonnet, and keys. */
export const notRun = (config: unknown): readonly string[] => {
  // Kratos takes `secure` as a text, too.
  const isHarmless = (value: unknown, harmless: unknown): boolean =>
    value === undefined || value === null || value === harmless || value === String(harmless)
  const keys = KEYS.filter(([path, harmless]) => !isHarmless(at(config, path.split('/')), harmless))
  return [...unrun(config, []), ...keys.map(([path]) => `/${path}`)]
}

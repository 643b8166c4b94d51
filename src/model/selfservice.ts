import type { JsonText } from './identity.ts'
import type { Micros } from './time.ts'

/** A hook after a flow; `web_hook` is known, but not called. */
export type Hook =
  | 'session'
  | 'show_verification_ui'
  | 'verification'
  | 'require_verified_address'
  | 'revoke_active_sessions'
  | 'web_hook'

/** How a cookie is set. */
export interface CookieSettings {
  /** `''` for the host that is asked. */
  readonly domain: string
  readonly path: string
}

interface Enabled {
  readonly enabled: boolean
}

/** What a flow is configured with. */
export interface FlowSettings extends Enabled {
  readonly uiUrl: string
  readonly lifespan: Micros
  /** Hooks after a method, by its name; `''` is for every method that has none of its own. */
  readonly after: Readonly<Record<string, readonly Hook[]>>
  /** `default_browser_return_url` after a method, by its name; `''` is for all. */
  readonly returnTo: Readonly<Record<string, string>>
}

/** A template of `session.whoami.tokenizer`. */
export interface TokenTemplate {
  readonly ttl: Micros
  /** Where the keys are: `base64://` or `file://`. */
  readonly jwksUrl: string
  /** The keys, where somebody has read them already. */
  readonly jwks: JsonText | undefined
  readonly claimsMapperUrl: string
  readonly subjectSource: 'id' | 'external_id'
}

/** What of Kratos' configuration the self-service flows go by. */
export interface SelfService {
  readonly defaultReturnUrl: string
  readonly allowedReturnUrls: readonly string[]
  readonly password: Enabled & { readonly minLength: number; readonly similarityCheck: boolean }
  readonly code: Enabled & {
    readonly passwordless: boolean
    /** Whether it is counted as a first factor of every identity, which Kratos does where it signs in. */
    readonly counts: boolean
    readonly lifespan: Micros
    readonly most: number
  }
  readonly link: Enabled & { readonly lifespan: Micros }
  readonly login: FlowSettings
  readonly registration: FlowSettings & { readonly twoSteps: boolean }
  readonly recovery: FlowSettings & { readonly use: 'code' | 'link'; readonly notifyUnknown: boolean }
  readonly verification: FlowSettings & { readonly use: 'code' | 'link'; readonly notifyUnknown: boolean }
  readonly settings: FlowSettings & { readonly privilegedMaxAge: Micros; readonly requiredAal: RequiredAal }
  readonly logoutReturnUrl: string | undefined
  readonly errorUiUrl: string
  readonly sessionLifespan: Micros
  /** How long before its end a session can be extended. */
  readonly earliestExtend: Micros
  /** Whether extending a session answers without it (`feature_flags.faster_session_extend`). */
  readonly extendsFaster: boolean
  /** How long whoami may be cached at most, 0 for as long as the session lasts; undefined where it says nothing of it. */
  readonly cacheFor: Micros | undefined
  readonly cookieName: string
  /** Of the anti-CSRF cookie. */
  readonly cookies: CookieSettings
  readonly sessionCookie: CookieSettings & {
    readonly sameSite: 'Strict' | 'Lax' | 'None'
    /** Whether a browser keeps it when it is closed. */
    readonly persistent: boolean
  }
  /** `feature_flags.legacy_require_verified_login_error`: a login without a verified address gets its form again. */
  readonly refusesInForm: boolean
  /** `feature_flags.legacy_continue_with_verification_ui`: a verification is shown, whatever the hooks say. */
  readonly showsVerification: boolean
  readonly whoamiAal: RequiredAal
  readonly tokenTemplates: Readonly<Record<string, TokenTemplate>>
}

export type RequiredAal = 'aal1' | 'highest_available'

const HOUR = 3600e6
/** Where the application under test is in Kratos' quickstart. */
const UI = 'http://127.0.0.1:4455'

const flow = (page: string, parts: Partial<FlowSettings> = {}): FlowSettings => ({
  enabled: true,
  uiUrl: `${UI}/${page}`,
  lifespan: HOUR,
  after: {},
  returnTo: {},
  ...parts,
})

/** Without a configuration: passwords and codes, which are no factor of those who have none, and a session after registration. */
export const defaultSelfService: SelfService = {
  defaultReturnUrl: `${UI}/`,
  allowedReturnUrls: [UI],
  password: { enabled: true, minLength: 8, similarityCheck: true },
  code: { enabled: true, passwordless: true, counts: false, lifespan: HOUR, most: 5 },
  link: { enabled: true, lifespan: HOUR },
  login: flow('login'),
  registration: { ...flow('registration', { after: { '': ['session'] } }), twoSteps: true },
  recovery: { ...flow('recovery'), use: 'code', notifyUnknown: false },
  verification: { ...flow('verification'), use: 'code', notifyUnknown: false },
  settings: { ...flow('settings'), privilegedMaxAge: HOUR, requiredAal: 'highest_available' },
  logoutReturnUrl: undefined,
  errorUiUrl: `${UI}/error`,
  sessionLifespan: 24 * HOUR,
  earliestExtend: 24 * HOUR,
  extendsFaster: false,
  cacheFor: undefined,
  cookieName: 'ory_kratos_session',
  cookies: { domain: '', path: '/' },
  sessionCookie: { domain: '', path: '/', sameSite: 'Lax', persistent: true },
  refusesInForm: false,
  showsVerification: false,
  whoamiAal: 'highest_available',
  tokenTemplates: {},
}

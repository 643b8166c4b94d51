import type { Profile } from '../profiles/profile.ts'
import type { FlowSettings, Hook, SelfService, TokenTemplate } from '../model/selfservice.ts'
import type { Part } from './part.ts'

const HOUR = 3600e6

/** Kratos' page in the place of one that is not configured. */
const fallbackOf = ({ knows }: Profile): string =>
  `https://www.ory.${knows('next') ? 'com' : 'sh'}/kratos/docs/fallback`

/** Hooks that Kratos has in all releases. */
const HOOKS: readonly Hook[] = [
  'session',
  'show_verification_ui',
  'verification',
  'require_verified_address',
  'revoke_active_sessions',
  'web_hook',
]

const hooksOf = (part: Part): readonly Hook[] =>
  part
    .at('hooks')
    .list()
    .flatMap((one) => HOOKS.filter((hook) => hook === one.at('hook').text('')))

/** What is configured after a flow, for all methods as `''`. */
const afterOf = (after: Part): Pick<FlowSettings, 'after' | 'returnTo'> => {
  const methods = after.members().filter(([key]) => key !== 'hooks' && key !== 'default_browser_return_url')
  const places: readonly (readonly [string, Part])[] = [['', after], ...methods]
  const returnTo = places.flatMap(([name, part]) => {
    const url = part.at('default_browser_return_url').url(undefined)
    return url === undefined ? [] : [[name, url]]
  })
  const withHooks = places.filter(([, part]) => part.at('hooks').isThere)
  return {
    after: Object.fromEntries(withHooks.map(([name, part]) => [name, hooksOf(part)])),
    returnTo: Object.fromEntries(returnTo) as Record<string, string>,
  }
}

const flowOf = (flows: Part, kind: string, enabled: boolean, fallback: string): FlowSettings => {
  const flow = flows.at(kind)
  return {
    enabled: flow.at('enabled').flag(enabled),
    uiUrl: flow.at('ui_url').url(`${fallback}/${kind}`),
    lifespan: flow.at('lifespan').duration(HOUR),
    ...afterOf(flow.at('after')),
  }
}

const AALS = ['aal1', 'highest_available'] as const
const USES = ['code', 'link'] as const
const SAME_SITES = ['Strict', 'Lax', 'None'] as const

/** What cookies have in common, and what a session's has of its own. */
const cookiesOf = (cookies: Part, own: Part): Pick<SelfService, 'cookieName' | 'cookies' | 'sessionCookie'> => {
  const domain = cookies.at('domain').text('')
  const path = cookies.at('path').text('/')
  const sameSite = cookies.at('same_site').word(SAME_SITES, 'Lax')
  return {
    cookieName: own.at('name').token('ory_kratos_session'),
    cookies: { domain, path },
    sessionCookie: {
      domain: own.at('domain').text(domain),
      path: own.at('path').text(path),
      sameSite: own.at('same_site').word(SAME_SITES, sameSite),
      persistent: own.at('persistent').flag(true),
    },
  }
}

const templateOf = (part: Part): TokenTemplate => ({
  ttl: part.at('ttl').duration(60e6),
  jwksUrl: part.at('jwks_url').text(''),
  jwks: undefined,
  claimsMapperUrl: part.at('claims_mapper_url').text(''),
  subjectSource: part.at('subject_source').word(['id', 'external_id'], 'id'),
})

/**
 * What the self-service flows and sessions go by: `selfservice`, `session` and `feature_flags`. What they leave out
 * has Kratos' own defaults (embedx/config.schema.json).
 * @param root the whole configuration.
 * @param profile of the release, which has pages of its own for those that are not configured.
 */
export const readSelfService = (root: Part, profile: Profile): SelfService => {
  const fallback = fallbackOf(profile)
  const selfservice = root.at('selfservice')
  const methods = selfservice.at('methods')
  const flows = selfservice.at('flows')
  const session = root.at('session')
  const use = (kind: string): 'code' | 'link' => flows.at(kind, 'use').word(USES, 'code')
  const notify = (kind: string): boolean => flows.at(kind, 'notify_unknown_recipients').flag(false)
  const defaultReturnUrl = selfservice.at('default_browser_return_url').url(`${fallback}/`)
  const sessionLifespan = session.at('lifespan').duration(24 * HOUR)
  const flags = root.at('feature_flags')
  const passwordless = methods.at('code', 'passwordless_enabled').flag(false)
  const cacheFor = flags.at('cacheable_sessions_max_age').duration(0)
  return {
    defaultReturnUrl,
    allowedReturnUrls: selfservice
      .at('allowed_return_urls')
      .list()
      .map((one) => one.url('')),
    password: {
      enabled: methods.at('password', 'enabled').flag(true),
      minLength: methods.at('password', 'config', 'min_password_length').count(8),
      similarityCheck: methods.at('password', 'config', 'identifier_similarity_check_enabled').flag(true),
    },
    code: {
      // Kratos takes the second for both (driver/config/config.go SelfServiceStrategy).
      enabled: passwordless || methods.at('code', 'enabled').flag(true),
      passwordless,
      counts: passwordless,
      lifespan: methods.at('code', 'config', 'lifespan').duration(HOUR),
      most: methods.at('code', 'config', 'max_submissions').count(5),
    },
    link: {
      enabled: methods.at('link', 'enabled').flag(false),
      lifespan: methods.at('link', 'config', 'lifespan').duration(HOUR),
    },
    login: flowOf(flows, 'login', true, fallback),
    registration: {
      ...flowOf(flows, 'registration', true, fallback),
      twoSteps:
        flows.at('registration', 'style').word(['profile_first', 'unified'], 'profile_first') !== 'unified' &&
        !flows.at('registration', 'enable_legacy_one_step').flag(false),
    },
    recovery: {
      ...flowOf(flows, 'recovery', false, fallback),
      use: use('recovery'),
      notifyUnknown: notify('recovery'),
    },
    verification: {
      ...flowOf(flows, 'verification', false, fallback),
      use: use('verification'),
      notifyUnknown: notify('verification'),
    },
    settings: {
      ...flowOf(flows, 'settings', true, fallback),
      privilegedMaxAge: flows.at('settings', 'privileged_session_max_age').duration(HOUR),
      requiredAal: flows.at('settings', 'required_aal').word(AALS, 'highest_available'),
    },
    logoutReturnUrl: flows.at('logout', 'after', 'default_browser_return_url').url(undefined),
    errorUiUrl: flows.at('error', 'ui_url').url(`${fallback}/error`),
    sessionLifespan,
    earliestExtend: session.at('earliest_possible_extend').duration(sessionLifespan),
    extendsFaster: flags.at('faster_session_extend').flag(false),
    cacheFor: flags.at('cacheable_sessions').flag(false) ? cacheFor : undefined,
    ...cookiesOf(root.at('cookies'), session.at('cookie')),
    refusesInForm: flags.at('legacy_require_verified_login_error').flag(false),
    showsVerification: flags.at('legacy_continue_with_verification_ui').flag(false),
    whoamiAal: session.at('whoami', 'required_aal').word(AALS, 'highest_available'),
    tokenTemplates: Object.fromEntries(
      session
        .at('whoami', 'tokenizer', 'templates')
        .members()
        .map(([name, part]) => [name, templateOf(part)]),
    ),
  }
}

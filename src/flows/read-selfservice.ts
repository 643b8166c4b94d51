import type { Profile } from '../profiles/profile.ts'
import { parseGoDuration } from '../go/duration.ts'
import { isObject } from '../model/json.ts'
import type { FlowSettings, Hook, SelfService, TokenTemplate } from '../model/selfservice.ts'
import type { Micros } from '../model/time.ts'

/** A part of Kratos' configuration that is none, and where it stands. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem'
  /** JSON pointer into the configuration. */
  readonly pointer: string

  constructor(pointer: string, expected: string, found: unknown) {
    super(`${pointer} must be ${expected}, not ${JSON.stringify(found)?.slice(0, 60) ?? typeof found}.`)
    this.pointer = pointer
  }
}

/** One value of a configuration and where it stands; what is absent has its default. */
class Part {
  readonly #value: unknown
  readonly #pointer: string

  constructor(value: unknown, pointer = '') {
    this.#value = value
    this.#pointer = pointer
  }

  #refuse(expected: string): never {
    throw new ConfigProblem(this.#pointer === '' ? 'The configuration' : this.#pointer, expected, this.#value)
  }

  get isThere(): boolean {
    return this.#value !== undefined && this.#value !== null
  }

  at(...path: readonly string[]): Part {
    const [key, ...rest] = path
    if (key === undefined) return this
    if (this.isThere && !isObject(this.#value)) this.#refuse('an object')
    const inner = new Part(isObject(this.#value) ? this.#value[key] : undefined, `${this.#pointer}/${key}`)
    return inner.at(...rest)
  }

  text<T>(otherwise: T): string | T {
    if (!this.isThere) return otherwise
    return typeof this.#value === 'string' ? this.#value : this.#refuse('a text')
  }

  url<T>(otherwise: T): string | T {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    if (!URL.canParse(text, 'http://127.0.0.1')) this.#refuse('a URL')
    return text
  }

  flag(otherwise: boolean): boolean {
    if (!this.isThere) return otherwise
    return typeof this.#value === 'boolean' ? this.#value : this.#refuse('true or false')
  }

  count(otherwise: number): number {
    if (!this.isThere) return otherwise
    return typeof this.#value === 'number' && Number.isInteger(this.#value) && this.#value >= 0
      ? this.#value
      : this.#refuse('a whole number')
  }

  duration(otherwise: Micros): Micros {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    const nanos = parseGoDuration(text)
    return nanos === undefined ? this.#refuse('a duration such as 10m or 1h') : Number(nanos / 1000n)
  }

  word<const W extends string>(words: readonly W[], otherwise: W): W {
    const text = this.text(undefined)
    if (text === undefined) return otherwise
    return words.find((word) => word === text) ?? this.#refuse(`one of ${words.join(', ')}`)
  }

  list(): readonly Part[] {
    if (!this.isThere) return []
    if (!Array.isArray(this.#value)) this.#refuse('a list')
    return (this.#value as readonly unknown[]).map((value, n) => new Part(value, `${this.#pointer}/${n}`))
  }

  members(): readonly (readonly [key: string, part: Part])[] {
    if (!this.isThere) return []
    if (!isObject(this.#value)) this.#refuse('an object')
    return Object.keys(this.#value).map((key) => [key, this.at(key)])
  }
}

const HOUR = 3600e6

/** Kratos' page in the place of one that is not configured. */
const fallbackOf = ({ knows }: Profile): string =>
  `https://www.ory.${knows('next') ? 'com' : 'sh'}/kratos/docs/fallback`

/** Hooks that are run; others change nothing here. */
const HOOKS: readonly Hook[] = ['session', 'show_verification_ui']

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

const templateOf = (part: Part): TokenTemplate => ({
  ttl: part.at('ttl').duration(60e6),
  jwksUrl: part.at('jwks_url').text(''),
  jwks: undefined,
  claimsMapperUrl: part.at('claims_mapper_url').text(''),
  subjectSource: part.at('subject_source').word(['id', 'external_id'], 'id'),
})

/**
 * Reads what the self-service flows go by out of Kratos' configuration: `selfservice` and `session`. What it leaves
 * out has Kratos' own defaults (embedx/config.schema.json); what it says beside is passed over.
 * @param configuration the whole of it, parsed.
 * @param profile of the release, which has pages of its own for those that are not configured.
 * @throws ConfigProblem with the place of what is of no use.
 */
export const readSelfService = (configuration: unknown, profile: Profile): SelfService => {
  const fallback = fallbackOf(profile)
  const root = new Part(configuration)
  const selfservice = root.at('selfservice')
  const methods = selfservice.at('methods')
  const flows = selfservice.at('flows')
  const session = root.at('session')
  const use = (kind: string): 'code' | 'link' => flows.at(kind, 'use').word(USES, 'code')
  const notify = (kind: string): boolean => flows.at(kind, 'notify_unknown_recipients').flag(false)
  const defaultReturnUrl = selfservice.at('default_browser_return_url').url(`${fallback}/`)
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
      enabled: methods.at('code', 'enabled').flag(true),
      passwordless: methods.at('code', 'passwordless_enabled').flag(false),
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
    sessionLifespan: session.at('lifespan').duration(24 * HOUR),
    cookieName: session.at('cookie', 'name').text('ory_kratos_session'),
    whoamiAal: session.at('whoami', 'required_aal').word(AALS, 'highest_available'),
    tokenTemplates: Object.fromEntries(
      session
        .at('whoami', 'tokenizer', 'templates')
        .members()
        .map(([name, part]) => [name, templateOf(part)]),
    ),
  }
}

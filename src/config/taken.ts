import { isObject } from '../model/json.ts'
import { listed } from '../model/nearest.ts'
import type { Part } from './part.ts'
import { COCKROACH } from './dsn.ts'
import { notRun } from './not-run.ts'
import type { KratosConfig } from './kratos-config.ts'

const COOKIE = ['domain', 'path', 'same_site']
const FLAGS = [
  'faster_session_extend',
  'cacheable_sessions',
  'legacy_require_verified_login_error',
  'legacy_continue_with_verification_ui',
]

const under = (root: Part, ...path: readonly string[]): readonly string[] =>
  root
    .at(...path)
    .members()
    .map(([name]) => name)

/** What of a configuration the mock goes by, in words. */
const partsOf = (root: Part, { database, stores, schemas, cors, selfService }: KratosConfig): readonly string[] => {
  const said = (name: string, ...path: readonly string[]): readonly string[] => {
    const part = root.at(...path)
    return part.isThere ? [`${name} ${part.shown}`] : []
  }
  const ids = schemas.listed.map(({ id }) => id)
  const flows = under(root, 'selfservice', 'flows')
  const { password, code, link } = selfService
  const modelled = new Map(Object.entries({ password, code, link, profile: { enabled: true } }))
  const methods = under(root, 'selfservice', 'methods').filter((name) => modelled.get(name)?.enabled)
  const templates = under(root, 'session', 'whoami', 'tokenizer', 'templates')
  return [
    ...(database === undefined || !stores ? [] : [`the database ${database}`]),
    ...(ids.length === 0 ? [] : [`the schemas ${listed(ids)} (by default ${schemas.defaultId})`]),
    ...said('session.lifespan', 'session', 'lifespan'),
    ...said('session.earliest_possible_extend', 'session', 'earliest_possible_extend'),
    ...COOKIE.flatMap((key) => said(`cookies.${key}`, 'cookies', key)),
    ...['name', ...COOKIE, 'persistent'].flatMap((key) => said(`session.cookie.${key}`, 'session', 'cookie', key)),
    ...said('session.whoami.required_aal', 'session', 'whoami', 'required_aal'),
    ...FLAGS.flatMap((key) => said(`feature_flags.${key}`, 'feature_flags', key)),
    ...(templates.length === 0 ? [] : [`the tokenizer templates ${listed(templates)}`]),
    ...(cors.origins.length === 0 ? [] : [`CORS for ${listed(cors.origins)}`]),
    ...(flows.length === 0 ? [] : [`the flows ${flows.join(', ')}`]),
    ...(methods.length === 0 ? [] : [`the methods ${methods.join(', ')}`]),
  ]
}

/** What is said at the start of a configuration: what was taken, what is not run, and what stands in for something. */
export const wordsOf = (value: unknown, root: Part, config: KratosConfig): readonly string[] => {
  const parts = partsOf(root, config)
  const unrun = isObject(value) ? notRun(value) : []
  const from = config.from.length === 0 ? 'the configuration' : config.from.join(', ')
  return [
    `Taken from ${from}: ${parts.length === 0 ? 'nothing, for it says nothing that counts here' : parts.join('; ')}.`,
    ...(unrun.length === 0 ? [] : [`Not run, nor followed: ${unrun.join(', ')}.`]),
    ...(config.isCockroach ? [`${COCKROACH}.`] : []),
  ]
}

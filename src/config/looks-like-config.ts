import { isObject, ownMember } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'
import { FIXTURE_KEYS, IMPORT_KEYS, LISTING_KEYS, SCHEMA_KEYS, SIGN_IN_KEYS } from '../seed/forms.ts'
import { IDENTITY_KEYS } from '../seed/identity.ts'
import { ruleKeys } from '../seed/rule-file.ts'
import { SESSION_KEYS } from '../seed/session.ts'
import { sections } from './known-keys.ts'

/** Keys at the top of a configuration that others have in other ways, and what tells a configuration's. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  identity: ['schemas', 'default_schema_id'],
  session: ['lifespan', 'earliest_possible_extend', 'cookie', 'whoami'],
  version: [],
  config: [],
  help: [],
  dev: [],
}

const OWN: readonly string[] = sections.filter((key) => !Object.hasOwn(SHARED, key))

/** Keys at the top of fixtures, of what Kratos prints, and of fault rules. */
const OTHERS: readonly string[] = [
  ...new Set([
    ...FIXTURE_KEYS,
    ...LISTING_KEYS,
    ...SIGN_IN_KEYS,
    ...IMPORT_KEYS,
    ...SCHEMA_KEYS,
    ...IDENTITY_KEYS,
    ...SESSION_KEYS,
    ...ruleKeys,
  ]),
]

/** Keys of a fixture, which has lists there, that may be meant for one of a configuration. */
const LISTS: Readonly<Record<string, string>> = { identities: 'identity', sessions: 'session' }

/** Whether the value of a shared key is a configuration's. */
const isOfConfig = (key: string, value: unknown): boolean =>
  isObject(value) && SHARED[key]?.some((member) => Object.hasOwn(value, member)) === true

/** Whether a key at the top speaks for a configuration (1), against it (-1), or for nothing. */
const vote = (key: string, value: unknown): number => {
  if (OWN.includes(key)) return 1
  const shared = ownMember(LISTS, key) ?? nearest(key, Object.keys(SHARED))
  if (shared !== undefined && isOfConfig(shared, value)) return 1
  if (OTHERS.includes(key)) return Object.hasOwn(LISTS, key) && isObject(value) ? 0 : -1
  if (Object.hasOwn(SHARED, key)) return 0
  const near = nearest(key, [...OTHERS, ...OWN])
  return near === undefined ? 0 : OWN.includes(near) ? 1 : -1
}

/** As many keys say what a file is. */
const MOST_VOTES = 1000

/** Whether a value is a configuration of Kratos' rather than a fixture or fault rules: what most of its keys resemble. */
export const looksLikeConfig = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value)
    .slice(0, MOST_VOTES)
    .reduce((sum, key) => sum + vote(key, value[key]), 0) > 0

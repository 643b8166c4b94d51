import { profileOf } from '../profiles/profile.ts'
import { isObject } from '../model/json.ts'
import { FIXTURE_KEYS } from '../seed/forms.ts'
import { sections } from './known-keys.ts'
import { readConfig } from './read-config.ts'
import { ConfigRefused } from './refused.ts'

/** Keys at the top of a configuration that fixtures have in other ways. */
const SHARED: readonly string[] = ['identity', 'session', 'version', 'config', 'help', 'dev']

const hasAny = (value: unknown, keys: readonly string[]): boolean => isObject(value) && keys.some((key) => key in value)

/** Whether a value is a configuration of Kratos' rather than a fixture: its keys say so. */
const isConfig = (value: unknown): boolean =>
  isObject(value) &&
  !hasAny(value, FIXTURE_KEYS) &&
  (Object.keys(value).some((key) => sections.includes(key) && !SHARED.includes(key)) ||
    hasAny(value['identity'], ['schemas', 'default_schema_id']) ||
    hasAny(value['session'], ['lifespan', 'earliest_possible_extend', 'cookie', 'whoami']))

/** What a file is as a configuration of Kratos'. */
export interface CheckedConfig {
  readonly is: 'configuration'
  readonly schemas: number
  readonly problems: readonly string[]
}

/** Reads a configuration, and says what is wrong with it; undefined for a file that is none. */
export const checkConfig = async (file: string): Promise<CheckedConfig | undefined> => {
  const { readSource } = await import('../seed/read.ts')
  const source = await readSource(file).catch(() => undefined)
  if (!isConfig(source?.value)) return undefined
  try {
    const { schemas } = await readConfig(file, profileOf('documented'))
    return { is: 'configuration', schemas: schemas.listed.length, problems: [] }
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    return { is: 'configuration', schemas: 0, problems: error.problems }
  }
}

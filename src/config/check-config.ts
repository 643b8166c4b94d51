import { profileOf } from '../profiles/profile.ts'
import { looksLikeConfig } from './looks-like-config.ts'
import { readConfig } from './read-config.ts'
import { ConfigRefused } from './refused.ts'

/** What a file is as a configuration of Kratos'. */
export interface CheckedConfig {
  readonly is: 'configuration'
  readonly schemas: number
  readonly problems: readonly string[]
  /** How many there are, of which no more than a hundred are told. */
  readonly count: number
}

/** Reads a configuration, and says what is wrong with it; undefined for a file that is none. */
export const checkConfig = async (file: string): Promise<CheckedConfig | undefined> => {
  const { readSource, topKeysOf } = await import('../seed/read.ts')
  // One that cannot be parsed has keys all the same.
  const source = await readSource(file).catch(async () => {
    const keys = await topKeysOf(file)
    return { value: Object.fromEntries(keys.map((key) => [key, undefined])) }
  })
  if (!looksLikeConfig(source.value)) return undefined
  try {
    const { schemas } = await readConfig(file, profileOf('documented'))
    return { is: 'configuration', schemas: schemas.listed.length, problems: [], count: 0 }
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    return { is: 'configuration', schemas: 0, problems: error.message.split('\n'), count: error.count }
  }
}

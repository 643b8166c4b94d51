import { BadFaultRules } from '../faults/problem.ts'
import { profileOf } from '../profiles/profile.ts'
import { World } from '../world/world.ts'
import { applyFixtures } from './apply.ts'
import { FixtureError } from './problem.ts'
import { holdsRules, located } from './rule-file.ts'
import type { Source } from './source.ts'

/** What a file was taken for, what it holds, and each problem of it in a line. */
export type Checked =
  | {
      readonly is: 'fixture'
      readonly identities: number
      readonly sessions: number
      readonly problems: readonly string[]
      /** How many there are, of which no more than a hundred are told. */
      readonly count: number
    }
  | { readonly is: 'fault rules'; readonly rules: number; readonly problems: readonly string[]; readonly count: number }

const blank = (): World =>
  new World({ profile: profileOf('documented'), randomSeed: 1, origins: { admin: '', public: '' } })

const checkRules = async (source: Source): Promise<Checked> => {
  const rules = [source.value].flat()
  try {
    const { faults } = blank()
    if (Array.isArray(source.value)) faults.addAll(source.value)
    else faults.add(source.value)
    return { is: 'fault rules', rules: rules.length, problems: [], count: 0 }
  } catch (error) {
    if (!(error instanceof BadFaultRules)) throw error
    const problems = (await located(error, source)).message.split('\n')
    return { is: 'fault rules', rules: rules.length, problems, count: error.count }
  }
}

const checkFixture = async (read: () => Promise<Source>): Promise<Checked> => {
  try {
    const { identities, sessions } = await applyFixtures(blank(), [await read()])
    return { is: 'fixture', identities: identities.length, sessions: sessions.length, problems: [], count: 0 }
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error
    return { is: 'fixture', identities: 0, sessions: 0, problems: error.message.split('\n'), count: error.count }
  }
}

/** Arms or seeds a world that nobody sees with what a file holds, and says what came of it. */
export const checkFile = async (file: string): Promise<Checked> => {
  const reading = (await import('./read.ts')).readSource(file)
  const source = await reading.catch(() => undefined)
  return source !== undefined && holdsRules(source.value) ? checkRules(source) : checkFixture(() => reading)
}

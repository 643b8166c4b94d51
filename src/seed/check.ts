import { profileOf } from '../profiles/profile.ts'
import { World } from '../world/world.ts'
import { applyFixtures } from './apply.ts'
import { FixtureError, type Problem } from './problem.ts'
import { readSource } from './read.ts'

export interface Checked {
  readonly file: string
  readonly identities: number
  readonly sessions: number
  readonly problems: readonly Problem[]
}

/** Seeds a world that nobody sees with a file, and says what came of it. */
export const checkFixture = async (file: string): Promise<Checked> => {
  const world = new World({ profile: profileOf('documented'), randomSeed: 1, origins: { admin: '', public: '' } })
  try {
    const { identities, sessions } = await applyFixtures(world, [await readSource(file)])
    return { file, identities: identities.length, sessions: sessions.length, problems: [] }
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error
    return { file, identities: 0, sessions: 0, problems: error.problems }
  }
}

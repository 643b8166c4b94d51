import type { TextOf } from '../go/json-places.ts'
import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { SeededIdentity, SeededSession, Traits } from '../model/printed.ts'
import { formatTime } from '../model/time.ts'
import type { World } from '../world/world.ts'
import { applyFixtures } from './apply.ts'
import { sourcesOf } from './sources.ts'

/** What a seeding made, as Kratos prints it. */
export interface SeededJson {
  /** In the order of the fixture. */
  readonly identities: readonly SeededIdentity[]
  /** In the order of the fixture, with `identity_id` and `token`. */
  readonly sessions: readonly SeededSession[]
}

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

const identityOf = (identity: Identity): SeededIdentity => ({
  ...identity,
  traits: JSON.parse(identity.traits) as Traits,
  metadata_public: parsed(identity.metadata_public),
  metadata_admin: parsed(identity.metadata_admin),
  credentials: Object.fromEntries(
    identity.credentials.map(({ config, ...one }) => [
      one.type,
      { ...one, ...(config === '' ? {} : { config: parsed(config) }) },
    ]),
  ),
})

const sessionOf = (session: Session): SeededSession => {
  const { expires: _expires, place: _place, cookieUntil: _until, created, ...shown } = session
  return { ...shown, created_at: formatTime(created) }
}

/**
 * Seeds a world: with a path, an object, an array of Kratos' own JSON, or an array of paths and fixtures.
 * @param from whether it came from another process, whose files are not read here.
 * @param textOf how it was spelled, where it was JSON.
 * @throws FixtureError that lists every problem with its place; then nothing was seeded.
 */
export const applyFixture = async (
  world: World,
  seed: unknown,
  from: 'here' | 'afar' = 'here',
  textOf?: TextOf,
): Promise<SeededJson> => {
  const { identities, sessions } = await applyFixtures(world, await sourcesOf(seed, from, textOf))
  return { identities: identities.map(identityOf), sessions: sessions.map(sessionOf) }
}

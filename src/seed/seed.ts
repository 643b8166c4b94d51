import type { TextOf } from '../go/json-places.ts'
import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { formatTime } from '../model/time.ts'
import type { World } from '../world/world.ts'
import { applyFixtures } from './apply.ts'
import { sourcesOf } from './sources.ts'

/** An identity that a seeding made: every property of Kratos' `identity`. */
export interface SeededIdentity extends Readonly<Record<string, unknown>> {
  /** Its UUID. */
  readonly id: string
}

/** A session that a seeding made: every property of Kratos' `session` but its identity. */
export interface SeededSession extends Readonly<Record<string, unknown>> {
  /** Its UUID. */
  readonly id: string
  /** Whose it is. */
  readonly identity_id: string
  /** What its owner sends as `X-Session-Token`. */
  readonly token: string
}

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
  traits: parsed(identity.traits),
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
  const { expires: _expires, place: _place, created, ...shown } = session
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

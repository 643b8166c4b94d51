import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import type { World } from '../world/world.ts'
import { Full, MOST_IDENTITIES, MOST_SESSIONS } from '../store/limits.ts'
import { Found, MOST_PROBLEMS, pointerText, type Flaw } from '../model/flaw.ts'
import { defaultSchema } from './default-schema.ts'
import { parseFixture, type Fixture, type Parsed } from './parse.ts'
import { Planting, type Placed } from './planting.ts'
import { FixtureError, problemOf, type Problem } from './problem.ts'
import type { SchemaDraft } from './schemas.ts'
import type { Draft } from '../store/store.ts'
import { unfitFor } from '../model/unfit.ts'
import type { Source } from './source.ts'

/** What a seeding made. */
export interface Seeded {
  readonly identities: readonly Identity[]
  readonly sessions: readonly Session[]
}

/** Where in what was given a part of a source stands: in its file, or in the array that it came in. */
const pointerOf = ({ file, among }: Source, pointer: Flaw['pointer']): Flaw['pointer'] =>
  file !== undefined || among === undefined ? pointer : [among.index, ...pointer.slice(among.pasted ? 1 : 0)]

const locate = async ([source, { pointer, expected, found }]: Placed): Promise<Problem> => {
  const place = await source.locate?.(pointer.map(String))
  const parts = pointerOf(source, pointer)
  return problemOf({ file: source.file, ...place, pointer: pointerText(parts), expected, found })
}

/** Throws what is wrong, every part of it with its place, in the order of the files. @param count of all, where not all are given. */
export const refuse = async (flaws: readonly Placed[], count = flaws.length): Promise<void> => {
  if (flaws.length === 0) return
  const bySource = new Map<Source, Placed[]>()
  for (const placed of flaws) {
    const [source] = placed
    const before = bySource.get(source)
    if (before === undefined) bySource.set(source, [placed])
    else before.push(placed)
  }
  const problems: Problem[] = []
  for (const own of bySource.values()) {
    const found = await Promise.all(own.map(locate))
    problems.push(...found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)))
    if (problems.length >= MOST_PROBLEMS) break
  }
  throw new FixtureError(problems, count)
}

/** What goes round in a circle, too deep, or is no JSON at all cannot be read to its end. */
const understood = (source: Source, world: World): Parsed => {
  try {
    return parseFixture(source, world.clock.now())
  } catch (error) {
    const flaw = {
      pointer: [],
      expected: 'what JSON can hold, and not too deep',
      found: error instanceof RangeError ? 'what has too many levels' : (error as Error).message.split('\n')[0]!,
    }
    const nothing = { source, now: 0, schemas: [], identities: [], sessions: [], generate: undefined }
    return { fixture: nothing, flaws: [flaw], count: 1 }
  }
}

/** As deep as anybody writes a fixture. */
const MOST_LEVELS = 1000

/** Whether whoever is sent it would not understand it: files that could not be read, a text, which is no path any more, or what JSON cannot hold. */
const isUnsendable = ({ unread, value }: Source): boolean =>
  (unread?.size ?? 0) > 0 ||
  value === undefined ||
  unfitFor(value, MOST_LEVELS) !== undefined ||
  [value].flat().some((one) => typeof one === 'string')

const placed = ({ source, flaws }: Parsed & { readonly source: Source }): readonly Placed[] =>
  flaws.map((flaw): Placed => [source, flaw])

const countOf = (all: readonly Pick<Parsed, 'count'>[]): number => all.reduce((sum, { count }) => sum + count, 0)

/** For a client that hands fixtures on: what is wrong with them, when there is one that cannot be sent. */
export const refuseUnsendable = async (sources: readonly Source[]): Promise<void> => {
  if (!sources.some(isUnsendable)) return
  const found = sources.map((source) => ({ source, ...parseFixture({ ...source, textOf: () => undefined }, 0) }))
  await refuse(found.flatMap(placed), countOf(found))
}

/** A fixture whose schemas Kratos would start with: the text of any other is taken away, and what is wrong with it told. */
const sound = async (world: World, parsed: Parsed): Promise<Parsed> => {
  const { fixture, flaws, count } = parsed
  if (fixture.schemas.length === 0) return parsed
  const { identitySchemaFlaws } = await import('../jsonschema/identity-meta.ts')
  const isOld = !world.profile.knows('v25.4.0')
  const dialect = { recoversBySms: !isOld, matchesOrganizations: !isOld }
  const schemas: SchemaDraft[] = []
  const found = new Found<Flaw>()
  for (const schema of fixture.schemas) {
    const wrong = schema.text === undefined ? undefined : await identitySchemaFlaws(schema.text, dialect)
    schemas.push(wrong === undefined || wrong.count === 0 ? schema : { ...schema, text: undefined })
    if (wrong !== undefined) found.addAll(wrong, (flaw) => ({ ...flaw, pointer: [...schema.pointer, ...flaw.pointer] }))
  }
  return { fixture: { ...fixture, schemas }, flaws: [...flaws, ...found.first], count: count + found.count }
}

/** What a mock holds at most is counted before anything is made: a fixture that is past it is refused at once. */
const crowdOf = ({ store }: World, fixtures: readonly Fixture[]): Flaw | undefined => {
  const { tables } = store
  const counted = [
    ['identities', MOST_IDENTITIES, tables.identities.size] as const,
    ['sessions', MOST_SESSIONS, tables.sessions.size] as const,
  ]
  for (const [what, most, held] of counted) {
    const made = fixtures.reduce((all, { generate, identities, sessions }) => {
      const own = what === 'sessions' ? sessions.length : identities.filter(({ brought }) => !brought).length
      const drawn = (generate?.identities ?? 0) * (what === 'sessions' ? (generate?.sessions.max ?? 0) : 1)
      return all + own + drawn
    }, 0)
    if (held + made > most) {
      const beside = held === 0 ? '' : `, beside the ${held} that the mock holds`
      const pointer = fixtures.some(({ generate }) => generate !== undefined) ? ['generate'] : []
      return { pointer, expected: `at most ${most} ${what} in all`, found: `${made}${beside}` }
    }
  }
  return undefined
}

/** The schemas of fixtures, those of the configuration that no fixture has, and one that stands in for the default. */
const putSchemas = (world: World, draft: Draft, fixtures: readonly Fixture[]): void => {
  const { all, defaultId } = world.schemas
  const given = new Set<string>()
  for (const { schemas } of fixtures)
    for (const { id, text, verbatim } of schemas) {
      given.add(id)
      if (text !== undefined) draft.putSchema({ id, text, verbatim })
    }
  const isThere = (id: string): boolean => draft.tables.schemas.get(id) !== undefined
  for (const schema of all) if (!isThere(schema.id) && !given.has(schema.id)) draft.putSchema(schema)
  if (!isThere(defaultId)) draft.putSchema({ id: defaultId, text: defaultSchema, isStandIn: true })
}

/** Rolls a failed draft back: no row stays, and the random draw is where it was. */
class Refused extends Error {}

/** The built-in team as people of the schema that is configured; nobody, where that is not made for them. */
const applyTeam = async (world: World, { value }: Source): Promise<Seeded> => {
  const { identities } = value as { readonly identities: readonly object[] }
  const ofSchema = identities.map((one) => ({ ...one, schema_id: world.schemas.defaultId }))
  try {
    return await applyFixtures(world, [{ value: { identities: ofSchema } }])
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error
    world.log.start(
      `The built-in team does not fit the schema ${world.schemas.defaultId}: the mock starts with nobody.`,
    )
    return applyFixtures(world, [{ value: { identities: [] } }])
  }
}

/**
 * Puts fixtures into a world, all of them or none.
 * @throws FixtureError that lists every problem of every fixture with its place.
 */
export const applyFixtures = async (world: World, sources: readonly Source[]): Promise<Seeded> => {
  const [first] = sources
  if (first?.isTeam === true && world.schemas.all.length > 0) return applyTeam(world, first)
  const parsed = await Promise.all(
    sources.map(async (source) => ({ source, ...(await sound(world, understood(source, world))) })),
  )
  const flaws = parsed.flatMap(placed)
  const count = countOf(parsed)
  const fixtures = parsed.map(({ fixture }) => fixture)
  const wanted = fixtures.flatMap(({ generate, now }) => (generate === undefined ? [] : [{ ...generate, now }]))
  const crowd = crowdOf(world, fixtures)
  if (crowd !== undefined) await refuse([...flaws, [sources[0]!, crowd]], count + 1)
  const generator =
    wanted.length === 0 || count > 0
      ? undefined
      : (await import('./generate.ts')).createGenerator(world.random, world.schemas.defaultId)

  const random = world.random.snapshot()
  let planting: Planting | undefined
  try {
    world.store.write((draft) => {
      putSchemas(world, draft, fixtures)
      planting = new Planting(world, draft, fixtures)
      for (const fixture of fixtures) planting.plant(fixture)
      // What is wrong with references is found beside everything else, but nothing of it stays.
      if (count + planting.flaws.count > 0) throw new Refused()
      for (const order of wanted) {
        for (const row of generator!(order)) {
          if ('traits' in row) planting.made.addIdentity(world.database?.identity(row) ?? row)
          else planting.made.sessions.push(world.database?.session(row) ?? row)
        }
      }
      draft.add(planting.made)
    })
  } catch (error) {
    world.random.restore(random)
    if (error instanceof Full)
      await refuse([[sources[0]!, { pointer: [], expected: error.parts.reason!, found: 'more' }]])
    if (!(error instanceof Refused)) throw error
  }
  await refuse([...flaws, ...planting!.flaws.first], count + planting!.flaws.count)
  return planting!.made
}

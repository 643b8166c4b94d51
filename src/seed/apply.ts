import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { prepareIdentity, refusalOf } from '../api/identities/prepare-identity.ts'
import type { World } from '../world/world.ts'
import { Full, MOST_IDENTITIES, MOST_SESSIONS } from '../store/limits.ts'
import { Conflict, type Draft } from '../store/store.ts'
import { Checker, shown, type Flaw } from './checker.ts'
import { defaultSchema } from './default-schema.ts'
import type { IdentityDraft } from './identity.ts'
import { parseFixture, type Fixture } from './parse.ts'
import { FixtureError, problemOf, type Problem } from './problem.ts'
import type { SchemaDraft } from './schemas.ts'
import type { Source } from './source.ts'

/** What a seeding made. */
export interface Seeded {
  readonly identities: readonly Identity[]
  readonly sessions: readonly Session[]
}

type Placed = readonly [source: Source, flaw: Flaw]

/** Where in what was given a part of a source stands: in its file, or in the array that it came in. */
const pointerOf = ({ file, among }: Source, pointer: Flaw['pointer']): Flaw['pointer'] =>
  file !== undefined || among === undefined ? pointer : [among.index, ...pointer.slice(among.pasted ? 1 : 0)]

const locate = async ([source, { pointer, expected, found }]: Placed): Promise<Problem> => {
  const place = await source.locate?.(pointer.map(String))
  const parts = pointerOf(source, pointer).map(String)
  const text = parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return problemOf({ file: source.file, ...place, pointer: text, expected, found })
}

/** Throws what is wrong, every part of it with its place, in the order of the files. */
export const refuse = async (flaws: readonly Placed[]): Promise<void> => {
  if (flaws.length === 0) return
  const sources = [...new Set(flaws.map(([source]) => source))]
  const found = await Promise.all(
    sources.map((source) => Promise.all(flaws.filter(([from]) => from === source).map(locate))),
  )
  const sorted = found.map((problems) =>
    problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  )
  throw new FixtureError(sorted.flat())
}

/** Puts the identities and sessions of understood fixtures into a draft, drawing what is missing in document order. */
class Planting {
  readonly identities: Identity[] = []
  readonly sessions: Session[] = []
  readonly flaws: Placed[] = []
  readonly #world: World
  readonly #draft: Draft
  readonly #first = new Map<string, IdentityDraft>()
  readonly #owners = new Map<IdentityDraft, string>()
  readonly #ids = new Set<string>()
  readonly #tokens = new Set<string>()
  /** Identities that stand for themselves, by their id, and where they come from. */
  readonly #explicit: ReadonlyMap<string | undefined, readonly [Source, IdentityDraft]>
  /** The ids of the schemas that somebody gave. */
  readonly #schemas: readonly string[]
  readonly #unusable: ReadonlySet<string>
  readonly #draw: () => string

  constructor(world: World, draft: Draft, fixtures: readonly Fixture[]) {
    this.#world = world
    this.#draft = draft
    const all = fixtures.flatMap(({ identities }) => identities)
    const given = fixtures.flatMap(({ sessions }) => sessions)
    const unusable = fixtures.flatMap(({ schemas }) => schemas).filter(({ text }) => text === undefined)
    this.#unusable = new Set(unusable.map(({ id }) => id))
    const usable = draft.tables.schemas.filter(({ isStandIn }) => isStandIn !== true)
    this.#schemas = [...usable.map(({ id }) => id), ...this.#unusable]
    this.#explicit = new Map(
      fixtures.flatMap(({ source, identities }) =>
        identities.filter(({ brought }) => !brought).map((one) => [one.id, [source, one]] as const),
      ),
    )
    const taken = new Set<string | undefined>([...all, ...given].map(({ id }) => id))
    this.#draw = () => {
      let id = world.random.uuid()
      while (taken.has(id)) id = world.random.uuid()
      return id
    }
  }

  identity(source: Source, draft: IdentityDraft): void {
    const id = draft.id ?? this.#draw()
    this.#owners.set(draft, id)
    const there = this.#first.get(id)
    const taken = there ?? this.#draft.tables.identities.get({ id })
    if (taken !== undefined) {
      const isCopy = draft.brought || there === draft
      if (isCopy) return
      this.#flaw(source, [...draft.pointer, 'id'], 'an id of its own', id, there?.pointer)
      this.#hasSchema(source, draft)
      return
    }
    // What a session brings along is less than the identity itself, if that comes too.
    const [from, fuller] = (draft.brought ? this.#explicit.get(id) : undefined) ?? [source, draft]
    this.#first.set(id, fuller)
    if (!this.#hasSchema(from, fuller) || !fuller.isSound) return
    try {
      const identity = prepareIdentity(this.#world, this.#draft, fuller.build(id, this.#draw), fuller.given, this.#draw)
      this.#draft.putIdentity(identity)
      this.identities.push(identity)
    } catch (error) {
      if (error instanceof Full) throw error
      const refusal = refusalOf(error)
      if (refusal !== undefined) {
        const pointer = [...fuller.pointer, 'traits']
        return void this.flaws.push([from, { pointer, expected: 'traits that the schema takes', found: refusal }])
      }
      if (!(error instanceof Conflict)) throw error
      const [kind, , value] = error.key.split('\0')
      this.#flaw(from, fuller.pointer, `an ${kind} that no other identity has`, value ?? error.key.split('\0')[1])
    }
  }

  /** Whether the schema of an identity can be used; one that nobody gave is for when there are none. */
  #hasSchema(source: Source, { schema, pointer }: IdentityDraft): boolean {
    if (schema !== undefined && this.#schemas.length > 0 && !this.#schemas.includes(schema)) {
      const check = new Checker(0)
      check.known(schema, [...pointer, 'schema_id'], this.#schemas, 'the id of a given schema')
      for (const flaw of check.flaws) this.flaws.push([source, flaw])
      return false
    }
    return !this.#unusable.has(schema ?? 'default')
  }

  session(source: Source, draft: Fixture['sessions'][number]): void {
    const { under, owner: said, pointer } = draft
    const named = (under === undefined ? undefined : this.#owners.get(under)) ?? said
    // The identity's own text of its id, so that all its sessions share it.
    const held = named === undefined ? undefined : this.#draft.tables.identities.get({ id: named })
    const owner = held?.id ?? named
    if (owner === undefined) {
      // One that was printed has an id.
      const hint = draft.id === undefined ? '' : ' (a list of sessions has them with ?expand=identity)'
      return this.#flaw(source, [...pointer, 'identity_id'], `the id of an identity${hint}`, undefined)
    }
    if (under !== undefined && said !== undefined && said !== owner) {
      return this.#flaw(source, [...pointer, 'identity_id'], `the id of the identity it stands under, ${owner}`, said)
    }
    if (held === undefined && !this.#first.has(owner)) {
      return this.#flaw(source, [...pointer, 'identity_id'], 'the id of an identity of the fixture or the mock', owner)
    }
    const id = draft.id ?? this.#draw()
    if (this.#ids.has(id) || this.#draft.tables.sessions.get({ id }) !== undefined) {
      return this.#flaw(source, [...pointer, 'id'], 'an id of its own', id)
    }
    const token = draft.token ?? this.#world.random.sessionToken()
    if (this.#tokens.has(token) || this.#draft.tables.tokens.get({ token }) !== undefined) {
      return this.#flaw(source, [...pointer, 'token'], 'a token of its own', token)
    }
    this.#ids.add(id)
    this.#tokens.add(token)
    if (draft.isSound) this.sessions.push(draft.build(id, owner, token, this.#draw))
  }

  #flaw(source: Source, pointer: Flaw['pointer'], expected: string, found: unknown, other?: Flaw['pointer']): void {
    const also = other === undefined ? '' : `, which /${other.join('/')} has`
    this.flaws.push([source, { pointer, expected, found: `${shown(found)}${also}` }])
  }
}

const plant = (planting: Planting, { source, identities, sessions }: Fixture): void => {
  for (const draft of identities) planting.identity(source, draft)
  for (const draft of sessions) planting.session(source, draft)
}

/** What goes round in a circle, too deep, or is no JSON at all cannot be read to its end. */
const understood = (source: Source, world: World): ReturnType<typeof parseFixture> => {
  try {
    return parseFixture(source, world.clock.now())
  } catch (error) {
    const flaw = {
      pointer: [],
      expected: 'what JSON can hold, and not too deep',
      found: (error as Error).message.split('\n')[0]!,
    }
    const nothing = { source, now: 0, schemas: [], identities: [], sessions: [], generate: undefined }
    return { fixture: nothing, flaws: [flaw] }
  }
}

/** For a process that hands fixtures on: what is wrong with one whose files could not be read, before it is sent. */
export const refuseUnread = (sources: readonly Source[]): Promise<void> =>
  refuse(
    sources
      .filter(({ unread }) => unread !== undefined && unread.size > 0)
      .flatMap((source) => parseFixture(source, 0).flaws.map((flaw): Placed => [source, flaw])),
  )

/** A fixture whose schemas Kratos would start with: the text of any other is taken away, and what is wrong with it told. */
const sound = async (
  world: World,
  { fixture, flaws }: ReturnType<typeof parseFixture>,
): Promise<ReturnType<typeof parseFixture>> => {
  if (fixture.schemas.length === 0) return { fixture, flaws }
  const { identitySchemaFlaws } = await import('../jsonschema/identity-meta.ts')
  const schemas: SchemaDraft[] = []
  const found: Flaw[] = []
  for (const schema of fixture.schemas) {
    const wrong = schema.text === undefined ? [] : await identitySchemaFlaws(schema.text, world.profile.release)
    schemas.push(wrong.length === 0 ? schema : { ...schema, text: undefined })
    found.push(...wrong.map((flaw): Flaw => ({ ...flaw, pointer: [...schema.pointer, ...flaw.pointer] })))
  }
  return { fixture: { ...fixture, schemas }, flaws: [...flaws, ...found] }
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

/** Rolls a failed draft back: no row stays, and the random draw is where it was. */
class Refused extends Error {}

/**
 * Puts fixtures into a world, all of them or none.
 * @throws FixtureError that lists every problem of every fixture with its place.
 */
export const applyFixtures = async (world: World, sources: readonly Source[]): Promise<Seeded> => {
  const parsed = await Promise.all(
    sources.map(async (source) => ({ source, ...(await sound(world, understood(source, world))) })),
  )
  const flaws = parsed.flatMap((one) => one.flaws.map((flaw): Placed => [one.source, flaw]))
  const fixtures = parsed.map(({ fixture }) => fixture)
  const wanted = fixtures.flatMap(({ generate, now }) => (generate === undefined ? [] : [{ ...generate, now }]))
  const crowd = crowdOf(world, fixtures)
  if (crowd !== undefined) await refuse([...flaws, [sources[0]!, crowd]])
  const generator =
    wanted.length === 0 || flaws.length > 0 ? undefined : (await import('./generate.ts')).createGenerator(world.random)

  const random = world.random.snapshot()
  let planting: Planting | undefined
  try {
    world.store.write((draft) => {
      for (const { id, text } of fixtures.flatMap(({ schemas }) => schemas))
        if (text !== undefined) draft.putSchema({ id, text })
      if (!draft.tables.schemas.some(({ id }) => id === 'default'))
        draft.putSchema({ id: 'default', text: defaultSchema, isStandIn: true })
      planting = new Planting(world, draft, fixtures)
      for (const fixture of fixtures) plant(planting, fixture)
      // What is wrong with references is found beside everything else, but nothing of it stays.
      if (flaws.length + planting.flaws.length > 0) throw new Refused()
      for (const order of wanted) {
        for (const made of generator!(order)) {
          if ('traits' in made) {
            draft.putIdentity(made)
            planting.identities.push(made)
          } else {
            planting.sessions.push(made)
          }
        }
      }
      draft.addSessions(planting.sessions)
    })
  } catch (error) {
    world.random.restore(random)
    if (error instanceof Full)
      await refuse([[sources[0]!, { pointer: [], expected: error.parts.reason!, found: 'more' }]])
    if (!(error instanceof Refused)) throw error
  }
  await refuse([...flaws, ...planting!.flaws])
  return { identities: planting!.identities, sessions: planting!.sessions }
}

import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { prepareIdentity, refusalOf } from '../rules/identities/prepare-identity.ts'
import type { World } from '../world/world.ts'
import { Conflict, type Draft } from '../store/store.ts'
import { shown, type Flaw } from './checker.ts'
import { defaultSchema } from './default-schema.ts'
import type { IdentityDraft } from './identity.ts'
import { MOST_SESSIONS, parseFixture, type Fixture } from './parse.ts'
import { FixtureError, problemOf, type Problem } from './problem.ts'
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

/** Throws what is wrong, every part of it with its place. */
export const refuse = async (flaws: readonly Placed[]): Promise<void> => {
  if (flaws.length > 0) throw new FixtureError(await Promise.all(flaws.map(locate)))
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
  /** Identities that stand for themselves, by their id. */
  readonly #explicit: ReadonlyMap<string | undefined, IdentityDraft>
  readonly #draw: () => string

  constructor(world: World, draft: Draft, all: readonly IdentityDraft[], given: Fixture['sessions']) {
    this.#world = world
    this.#draft = draft
    this.#explicit = new Map(all.filter(({ brought }) => !brought).map((one) => [one.id, one]))
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
      if (!isCopy) this.#flaw(source, [...draft.pointer, 'id'], 'an id of its own', id, there?.pointer)
      return
    }
    // What a session brings along is less than the identity itself, if that comes too.
    const fuller = draft.brought ? (this.#explicit.get(id) ?? draft) : draft
    this.#first.set(id, fuller)
    try {
      const identity = prepareIdentity(this.#world, this.#draft, fuller.build(id, this.#draw), fuller.given, this.#draw)
      this.#draft.putIdentity(identity)
      this.identities.push(identity)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal !== undefined) {
        const pointer = [...fuller.pointer, 'traits']
        return void this.flaws.push([source, { pointer, expected: 'traits that the schema takes', found: refusal }])
      }
      if (!(error instanceof Conflict)) throw error
      const [kind, , value] = error.key.split('\0')
      this.#flaw(source, fuller.pointer, `an ${kind} that no other identity has`, value ?? error.key.split('\0')[1])
    }
  }

  session(source: Source, draft: Fixture['sessions'][number]): void {
    const { under, owner: said, pointer } = draft
    const named = (under === undefined ? undefined : this.#owners.get(under)) ?? said
    // The identity's own text of its id, so that all its sessions share it.
    const held = named === undefined ? undefined : this.#draft.tables.identities.get({ id: named })
    const owner = held?.id ?? named
    if (owner === undefined) return this.#flaw(source, [...pointer, 'identity_id'], 'the id of an identity', undefined)
    if (under !== undefined && said !== undefined && said !== owner) {
      return this.#flaw(source, [...pointer, 'identity_id'], `the id of the identity it stands under, ${owner}`, said)
    }
    if (held === undefined) {
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
    this.sessions.push(draft.build(id, owner, token, this.#draw))
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

/** Rolls a failed draft back: no row stays, and the random draw is where it was. */
class Refused extends Error {}

/**
 * Puts fixtures into a world, all of them or none.
 * @throws FixtureError that lists every problem of every fixture with its place.
 */
export const applyFixtures = async (world: World, sources: readonly Source[]): Promise<Seeded> => {
  const parsed = sources.map((source) => ({ source, ...understood(source, world) }))
  await refuse(parsed.flatMap(({ source, flaws }) => flaws.map((flaw): Placed => [source, flaw])))
  const wanted = parsed.flatMap(({ fixture }) =>
    fixture.generate === undefined ? [] : [{ ...fixture.generate, now: fixture.now }],
  )
  const sum = wanted.reduce((all, { identities, sessions }) => all + identities * sessions.max, 0)
  if (sum > MOST_SESSIONS)
    await refuse([
      [
        sources[0]!,
        { pointer: ['generate'], expected: `at most ${MOST_SESSIONS} sessions in all`, found: String(sum) },
      ],
    ])
  const generator = wanted.length === 0 ? undefined : (await import('./generate.ts')).createGenerator(world.random)

  const random = world.random.snapshot()
  let planting: Planting | undefined
  try {
    world.store.write((draft) => {
      planting = new Planting(
        world,
        draft,
        parsed.flatMap(({ fixture }) => fixture.identities),
        parsed.flatMap(({ fixture }) => fixture.sessions),
      )
      for (const { fixture } of parsed) for (const schema of fixture.schemas) draft.putSchema(schema)
      if (!draft.tables.schemas.some(({ id }) => id === 'default'))
        draft.putSchema({ id: 'default', text: defaultSchema })
      for (const { fixture } of parsed) plant(planting, fixture)
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
      if (planting.flaws.length > 0) throw new Refused()
    })
  } catch (error) {
    world.random.restore(random)
    if (!(error instanceof Refused)) throw error
  }
  await refuse(planting!.flaws)
  return { identities: planting!.identities, sessions: planting!.sessions }
}

import { prepareIdentity, refusalOf } from '../api/identities/prepare-identity.ts'
import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { Full } from '../store/limits.ts'
import { Conflict, type Draft } from '../store/store.ts'
import type { World } from '../world/world.ts'
import { Found, shown, type Flaw } from '../model/flaw.ts'
import { stray, type Words } from '../model/reader.ts'
import { Given } from './given.ts'
import type { IdentityDraft } from './identity.ts'
import type { Fixture } from './parse.ts'
import type { SessionDraft } from './session.ts'
import type { Source } from './source.ts'

/** A flaw and the fixture that has it. */
export type Placed = readonly [source: Source, flaw: Flaw]

/** Puts the identities and sessions of understood fixtures into a draft, drawing what is missing in document order. */
export class Planting {
  readonly identities: Identity[] = []
  readonly sessions: Session[] = []
  readonly flaws = new Found<Placed>()
  readonly #world: World
  readonly #draft: Draft
  readonly #first = new Map<string, IdentityDraft>()
  /** Of identities and of sessions, which alone are taken one after another. */
  readonly #ids = new Given()
  readonly #tokens = new Given()
  /** Identities that stand for themselves, by their id, and where they come from. */
  readonly #explicit = new Map<string | undefined, readonly [Source, IdentityDraft]>()
  /** The ids of the schemas that somebody gave. */
  readonly #schemas: ReadonlySet<string>
  readonly #unusable: ReadonlySet<string>

  constructor(world: World, draft: Draft, fixtures: readonly Fixture[]) {
    this.#world = world
    this.#draft = draft
    const unusable = fixtures.flatMap(({ schemas }) => schemas).filter(({ text }) => text === undefined)
    this.#unusable = new Set(unusable.map(({ id }) => id))
    const usable = draft.tables.schemas.all.filter(({ isStandIn }) => isStandIn !== true)
    this.#schemas = new Set([...usable.map(({ id }) => id), ...this.#unusable])
    const isAnyBrought = fixtures.some(({ identities }) => identities.some(({ brought }) => brought))
    for (const { source, identities, sessions } of fixtures) {
      for (const one of identities) {
        this.#ids.add(one.id)
        if (isAnyBrought && !one.brought) this.#explicit.set(one.id, [source, one])
      }
      for (const { id, token } of sessions) {
        this.#ids.add(id)
        this.#tokens.add(token)
      }
    }
  }

  readonly #drawId = (): string => this.#ids.other(() => this.#world.random.uuid())
  readonly #drawToken = (): string => this.#tokens.other(() => this.#world.random.sessionToken())

  #identity(source: Source, draft: IdentityDraft): void {
    const id = draft.id ?? this.#drawId()
    draft.planted = id
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
      const identity = prepareIdentity(
        this.#world,
        this.#draft,
        this.#withSchema(fuller.build(id, this.#drawId), fuller),
        fuller.given,
        this.#drawId,
      )
      this.identities.push(this.#draft.putIdentity(identity))
    } catch (error) {
      if (error instanceof Full) throw error
      const refusal = refusalOf(this.#world, error)
      if (refusal !== undefined) {
        const { at, ...flaw } = refusal
        return this.flaws.add(() => [from, { pointer: [...fuller.pointer, ...at], ...flaw }])
      }
      if (!(error instanceof Conflict)) throw error
      const { kind, value } = error.claim
      this.#flaw(from, fuller.pointer, `an ${kind.split(' ')[0]} that no other identity has`, value)
    }
  }

  /** Whether the schema of an identity can be used; one that nobody gave is for when there are none. */
  #hasSchema(source: Source, { schema, pointer }: IdentityDraft): boolean {
    if (schema !== undefined && this.#schemas.size > 0 && !this.#schemas.has(schema)) {
      const words = (): Words => stray(schema, [...this.#schemas], 'the id of a given schema')
      this.flaws.add(() => [source, { pointer: [...pointer, 'schema_id'], ...words() }])
      return false
    }
    return !this.#unusable.has(schema ?? this.#world.schemas.defaultId)
  }

  /** An identity that names no schema has the one that is configured for those. */
  #withSchema(identity: Identity, { schema }: IdentityDraft): Identity {
    const { defaultId } = this.#world.schemas
    return schema === undefined && identity.schema_id !== defaultId ? { ...identity, schema_id: defaultId } : identity
  }

  #session(source: Source, draft: SessionDraft): void {
    const { under, owner: said, pointer } = draft
    const named = under?.planted ?? said
    if (named === undefined) {
      // One that was printed has an id.
      const hint = draft.id === undefined ? '' : ' (a list of sessions has them with ?expand=identity)'
      return this.#flaw(source, [...pointer, 'identity_id'], `the id of an identity${hint}`, undefined)
    }
    if (under !== undefined && said !== undefined && said !== named) {
      return this.#flaw(source, [...pointer, 'identity_id'], `the id of the identity it stands under, ${named}`, said)
    }
    const first = this.#first.get(named)
    // The identity's own text of its id, so that all its sessions share it.
    const owner = first === undefined ? this.#draft.tables.identities.get({ id: named })?.id : (first.id ?? named)
    if (owner === undefined) {
      return this.#flaw(source, [...pointer, 'identity_id'], 'the id of an identity of the fixture or the mock', named)
    }
    const id = draft.id ?? this.#drawId()
    const { sessions, tokens } = this.#draft.tables
    if (!this.#ids.take(id) || sessions.get({ id }) !== undefined) {
      return this.#flaw(source, [...pointer, 'id'], 'an id of its own', id)
    }
    const token = draft.token ?? this.#drawToken()
    if (!this.#tokens.take(token) || tokens.get({ token }) !== undefined) {
      return this.#flaw(source, [...pointer, 'token'], 'a token of its own', token)
    }
    if (!draft.isSound) return
    const { row } = draft
    row.id = id
    row.identity_id = owner
    row.token = token
    if (this.#world.store.layout.byPlace) row.place = this.#draft.tables.nextPlace + this.sessions.length
    for (const device of row.devices) device.id ||= this.#drawId()
    this.sessions.push(this.#world.database?.session(row) ?? row)
  }

  /** Plants a fixture: its identities, then its sessions. */
  plant({ source, identities, sessions }: Fixture): void {
    for (const draft of identities) this.#identity(source, draft)
    for (const draft of sessions) this.#session(source, draft)
  }

  #flaw(source: Source, pointer: Flaw['pointer'], expected: string, found: unknown, other?: Flaw['pointer']): void {
    const also = other === undefined ? '' : `, which /${other.join('/')} has`
    this.flaws.add(() => [source, { pointer, expected, found: `${shown(found)}${also}` }])
  }
}

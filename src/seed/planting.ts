import { prepareIdentity, refusalOf } from '../api/identities/prepare-identity.ts'
import { Full } from '../store/limits.ts'
import { Bulk } from '../store/bulk.ts'
import { Conflict } from '../store/claims.ts'
import type { Draft } from '../store/store.ts'
import type { World } from '../world/world.ts'
import { Found, placeOf, shown, type Flaw } from '../model/flaw.ts'
import { stray, type Words } from '../model/reader.ts'
import { Given } from './given.ts'
import type { IdentityDraft } from './identity.ts'
import type { Fixture } from './parse.ts'
import type { SessionDraft } from './session.ts'
import type { Source } from './source.ts'

/** A flaw and the fixture that has it. */
export type Placed = readonly [source: Source, flaw: Flaw]

/** Makes the identities and sessions of understood fixtures, drawing what is missing in document order. */
export class Planting {
  readonly made: Bulk
  readonly flaws = new Found<Placed>()
  readonly #world: World
  readonly #draft: Draft
  readonly #first = new Map<string, IdentityDraft>()
  /** Of identities and of sessions, which alone are taken one after another. */
  readonly #ids = new Given()
  readonly #tokens = new Given()
  /** Identities that stand for themselves, by their id, and where they come from. */
  readonly #explicit = new Map<string, readonly [Source, IdentityDraft]>()
  /** The ids of the schemas that somebody gave. */
  readonly #schemas: ReadonlySet<string>
  readonly #unusable: ReadonlySet<string>

  constructor(world: World, draft: Draft, fixtures: readonly Fixture[]) {
    this.#world = world
    this.#draft = draft
    this.made = new Bulk(draft.tables)
    const unusable = fixtures.flatMap(({ schemas }) => schemas).filter(({ text }) => text === undefined)
    this.#unusable = new Set(unusable.map(({ id }) => id))
    const usable = draft.tables.schemas.all.filter(({ isStandIn }) => isStandIn !== true)
    this.#schemas = new Set([...usable.map(({ id }) => id), ...this.#unusable])
    const isAnyBrought = fixtures.some(({ identities }) => identities.some(({ brought }) => brought))
    for (const { source, identities, sessions } of fixtures) {
      for (const one of identities) {
        this.#ids.add(one.row.id)
        if (isAnyBrought && !one.brought) this.#explicit.set(one.row.id, [source, one])
      }
      for (const { row } of sessions) {
        this.#ids.add(row.id)
        this.#tokens.add(row.token)
      }
    }
  }

  readonly #drawId = (): string => this.#ids.other(() => this.#world.random.uuid())
  readonly #drawToken = (): string => this.#tokens.other(() => this.#world.random.sessionToken())

  #identity(source: Source, draft: IdentityDraft): void {
    const id = draft.row.id || this.#drawId()
    draft.row.id = id
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
      this.#complete(fuller)
      this.made.addIdentity(prepareIdentity(this.#world, this.#draft, fuller.row, fuller.given, this.#drawId))
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

  /** Draws the ids of addresses; a row that names no schema has the one that is configured for those. */
  #complete({ row, schema }: IdentityDraft): void {
    row.schema_id = schema ?? this.#world.schemas.defaultId
    for (const addresses of [row.verifiable_addresses, row.recovery_addresses]) {
      for (const address of addresses) address.id ||= this.#drawId()
      addresses.sort((a, b) => (a.id < b.id ? -1 : 1))
    }
  }

  #session(source: Source, draft: SessionDraft): void {
    const { under, row } = draft
    const said = row.identity_id
    const named = under?.row.id ?? said
    if (named === '') {
      // One that was printed has an id.
      const hint = row.id === '' ? '' : ' (a list of sessions has them with ?expand=identity)'
      return this.#flawOf(source, draft, 'identity_id', `the id of an identity${hint}`, undefined)
    }
    if (under !== undefined && said !== '' && said !== named) {
      return this.#flawOf(source, draft, 'identity_id', `the id of the identity it stands under, ${named}`, said)
    }
    const first = this.#first.get(named)
    // The identity's own text of its id, so that all its sessions share it.
    const owner = first === undefined ? this.#draft.tables.identities.get({ id: named })?.id : first.row.id
    if (owner === undefined) {
      return this.#flawOf(source, draft, 'identity_id', 'the id of an identity of the fixture or the mock', named)
    }
    const id = row.id || this.#drawId()
    const { sessions, tokens } = this.#draft.tables
    if (!this.#ids.take(id) || sessions.get({ id }) !== undefined) {
      return this.#flawOf(source, draft, 'id', 'an id of its own', id)
    }
    const token = row.token || this.#drawToken()
    if (!this.#tokens.take(token) || tokens.get({ token }) !== undefined) {
      return this.#flawOf(source, draft, 'token', 'a token of its own', token)
    }
    if (!draft.isSound) return
    row.id = id
    row.identity_id = owner
    row.token = token
    if (this.#world.store.layout.byPlace) row.place = this.#draft.tables.nextPlace + this.made.sessions.length
    for (const device of row.devices) device.id ||= this.#drawId()
    this.made.sessions.push(this.#world.database?.session(row) ?? row)
  }

  /** Plants a fixture: its identities, then its sessions. */
  plant({ source, identities, sessions }: Fixture): void {
    for (const draft of identities) this.#identity(source, draft)
    for (const draft of sessions) this.#session(source, draft)
  }

  #flawOf(source: Source, draft: SessionDraft, key: string, expected: string, found: unknown): void {
    this.#flaw(source, [...placeOf(draft.among, draft.key), key], expected, found)
  }

  #flaw(source: Source, pointer: Flaw['pointer'], expected: string, found: unknown, other?: Flaw['pointer']): void {
    const also = other === undefined ? '' : `, which /${other.join('/')} has`
    this.flaws.add(() => [source, { pointer, expected, found: `${shown(found)}${also}` }])
  }
}

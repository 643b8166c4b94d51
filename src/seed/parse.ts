import { entriesOf, has, isObject } from '../model/json.ts'
import { MOST_IDENTITIES, MOST_SESSIONS } from '../store/limits.ts'
import type { Micros } from '../model/time.ts'
import { Checker, keysOf } from './checker.ts'
import { below, placeOf, type Flaw, type Pointer } from '../model/flaw.ts'
import type { FixtureGenerate, FixtureSessionCount } from './fixture.ts'
import {
  FIXTURE_KEYS,
  IMPORT_KEYS,
  isFixture,
  isImport,
  isPrinted,
  isSchemaEntry,
  isSession,
  isSignIn,
  LISTING_KEYS,
  SIGN_IN_KEYS,
} from './forms.ts'
import { identityDraft, type IdentityDraft, type Standing } from './identity.ts'
import { SchemaReader, type SchemaDraft } from './schemas.ts'
import type { Source } from './source.ts'
import { sessionDraft, type SessionDraft } from './session.ts'

export const GENERATE_KEYS = keysOf<FixtureGenerate>()(['identities', 'sessions'])
export const COUNT_KEYS = keysOf<FixtureSessionCount>()(['min', 'max'])

/** How many identities and sessions to make up. */
export interface Generate {
  readonly identities: number
  readonly sessions: { readonly min: number; readonly max: number }
}

/** A fixture that was understood. In what is sound of it nothing can go wrong any more but ids that clash or lead nowhere. */
export interface Fixture {
  readonly source: Source
  readonly now: Micros
  readonly schemas: readonly SchemaDraft[]
  readonly identities: readonly IdentityDraft[]
  readonly sessions: readonly SessionDraft[]
  readonly generate: Generate | undefined
}

class Collector {
  readonly identities: IdentityDraft[] = []
  readonly sessions: SessionDraft[] = []
  readonly schemas: SchemaReader
  readonly #check: Checker

  constructor(check: Checker, { unread }: Source) {
    this.#check = check
    this.schemas = new SchemaReader(check, unread)
  }

  identity(value: unknown, pointer: Pointer, standing: Standing = 'own'): IdentityDraft | undefined {
    const draft = identityDraft(this.#check, value, pointer, standing)
    if (draft === undefined) return undefined
    this.identities.push(draft)
    const own = isObject(value) && standing !== 'imported' ? value['sessions'] : undefined
    if (own !== undefined)
      this.#each('sessions', own, below(pointer, 'sessions'), (one, n, among) => this.session(one, among, n, draft))
    return draft
  }

  /** Takes the rows of an array, unless there are more than a mock holds: those are not even looked at. */
  #each(
    what: 'identities' | 'sessions',
    value: unknown,
    pointer: Pointer,
    take: (one: unknown, n: number, pointer: Pointer) => void,
  ): void {
    const rows = this.#check.list(value, pointer, `an array of ${what}`)
    const most = what === 'identities' ? MOST_IDENTITIES : MOST_SESSIONS
    if (rows.length > most)
      this.#check.tell(pointer, () => ({ expected: `at most ${most} ${what}`, found: String(rows.length) }))
    else for (let n = 0; n < rows.length; n++) take(rows[n], n, pointer)
  }

  identitiesOf(value: unknown, pointer: Pointer): void {
    this.#each('identities', value, pointer, (one, n) => this.listedIdentity(one, below(pointer, n)))
  }

  sessionsOf(value: unknown, pointer: Pointer): void {
    this.#each('sessions', value, pointer, (one, n) => this.listedSession(one, pointer, n))
  }

  /** An array of what Kratos printed. */
  allPrinted(values: readonly unknown[]): void {
    const isOfSessions = values.length > 0 && isObject(values[0]) && isSession(values[0])
    this.#each(isOfSessions ? 'sessions' : 'identities', values, [], (one, n) => this.printed(one, [], n))
  }

  session(
    value: unknown,
    among: Pointer,
    key: string | number | undefined,
    under?: IdentityDraft,
    token?: string,
  ): void {
    const draft = sessionDraft(this.#check, value, among, key)
    if (draft === undefined) return
    const inner = isObject(value) ? value['identity'] : undefined
    // `identity: {id}` only points; more than that is the identity itself, brought along.
    if (isObject(inner) && entriesOf(inner).some(([one]) => one !== 'id'))
      this.identity(inner, below(placeOf(among, key), 'identity'), 'brought')
    const { row } = draft
    if (token !== undefined && row.token !== '' && token !== row.token)
      this.#check.flaw(below(placeOf(among, key), 'token'), `the session_token beside the session, ${token}`, row.token)
    row.token ||= token ?? ''
    draft.under = under
    this.sessions.push(draft)
  }

  /** An item of a bulk import; one without `create` asks for nothing. */
  #import(value: Readonly<Record<string, unknown>>, pointer: Pointer): void {
    this.#check.fields(value, pointer, IMPORT_KEYS, 'an item of a bulk import')
    this.#check.uuid(value['patch_id'], [...pointer, 'patch_id'])
    const { create } = value
    if (create !== undefined && create !== null) this.identity(create, [...pointer, 'create'], 'imported')
  }

  #signIn(value: Readonly<Record<string, unknown>>, pointer: Pointer): void {
    const what = 'the answer of a login or a registration'
    this.#check.fields(value, pointer, SIGN_IN_KEYS, what)
    const token = this.#check.text(value['session_token'], [...pointer, 'session_token'])
    const { identity, session } = value
    const owner = isObject(identity) ? this.identity(identity, [...pointer, 'identity'], 'brought') : undefined
    if (session !== undefined && session !== null) {
      const isOwned = isObject(session) && (isObject(session['identity']) || has(session, 'identity_id'))
      this.session(session, pointer, 'session', isOwned ? undefined : owner, token)
    } else if (token !== undefined) {
      this.#check.flaw([...pointer, 'session'], 'the session that has the session_token', session)
    }
  }

  /** What Kratos printed: an identity, a session, the answer of a flow, a schema. */
  printed(value: unknown, among: Pointer, key?: number): void {
    const pointer = placeOf(among, key)
    if (isSignIn(value)) this.#signIn(value, pointer)
    else if (isSchemaEntry(value)) this.schemas.entry(value, pointer)
    else if (isSession(value)) this.session(value, among, key)
    else if (isImport(value)) this.#import(value, pointer)
    else this.identity(value, pointer)
  }

  listedIdentity(value: unknown, pointer: Pointer): void {
    if (isImport(value)) this.#import(value, pointer)
    else this.identity(value, pointer)
  }

  listedSession(value: unknown, among: Pointer, n: number): void {
    if (isSignIn(value)) this.#signIn(value, below(among, n))
    else this.session(value, among, n)
  }
}

const bounded = (check: Checker, order: Generate, value: unknown): Generate => {
  if (order.identities * order.sessions.max > MOST_SESSIONS)
    check.flaw(['generate'], `at most ${MOST_SESSIONS} sessions in all`, value)
  return order
}

const generateOf = (check: Checker, value: unknown): Generate | undefined => {
  if (value === undefined || value === null) return undefined
  const fields = check.fields(value, ['generate'], GENERATE_KEYS, 'an object with identities and sessions')
  if (fields === undefined) return undefined
  const identities = check.count(fields['identities'] ?? 0, ['generate', 'identities'], MOST_IDENTITIES) ?? 0
  const { sessions = 0 } = fields
  if (!isObject(sessions)) {
    const each = check.count(sessions, ['generate', 'sessions'], MOST_SESSIONS) ?? 0
    return bounded(check, { identities, sessions: { min: each, max: each } }, value)
  }
  const at = ['generate', 'sessions']
  check.fields(sessions, at, COUNT_KEYS, 'an object with min and max')
  const min = check.count(sessions['min'] ?? 0, [...at, 'min'], MOST_SESSIONS) ?? 0
  const max = check.count(sessions['max'] ?? min, [...at, 'max'], MOST_SESSIONS) ?? 0
  if (max < min) check.flaw([...at, 'max'], `at least min, ${min}`, max)
  return bounded(check, { identities, sessions: { min, max } }, value)
}

/** Understands what has the properties of a fixture. @returns what it generates. */
const readFixture = (
  check: Checker,
  found: Collector,
  value: Readonly<Record<string, unknown>>,
): Generate | undefined => {
  check.fields(value, [], [...FIXTURE_KEYS, ...LISTING_KEYS], 'a fixture')
  check.time(value['now'], ['now'])
  found.schemas.all(value['schemas'], ['schemas'])
  found.identitiesOf(value['identities'], ['identities'])
  found.sessionsOf(value['sessions'], ['sessions'])
  return generateOf(check, value['generate'])
}

/** A fixture as it was understood, the first flaws that were found, and how many there are. */
export interface Parsed {
  readonly fixture: Fixture
  readonly flaws: readonly Flaw[]
  readonly count: number
}

export const parseFixture = (source: Source, clock: Micros): Parsed => {
  const { value } = source
  const own = isFixture(value) ? new Checker(clock).time(value['now'], ['now']) : undefined
  const check = new Checker(own?.micros ?? clock, source.textOf?.bind(source))
  const found = new Collector(check, source)
  let generate: Generate | undefined
  if (isFixture(value)) generate = readFixture(check, found, value)
  else if (Array.isArray(value)) found.allPrinted(value)
  else if (isPrinted(value)) found.printed(value, [])
  else check.fields(value, [], FIXTURE_KEYS, 'a fixture, an identity, a session, or an array of these')
  const { identities, sessions, schemas } = found
  return {
    fixture: { source, now: check.now, schemas: schemas.drafts, identities, sessions, generate },
    flaws: check.flaws,
    count: check.total,
  }
}

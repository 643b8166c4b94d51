import { isDeeper, isObject } from '../model/json.ts'
import type { Micros } from '../model/time.ts'
import { Checker, keysOf, type Flaw, type Pointer } from './checker.ts'
import type { Fixture as GivenFixture, FixtureGenerate, FixtureSessionCount } from './fixture.ts'
import { IDENTITY_KEYS, identityDraft, type IdentityDraft } from './identity.ts'
import type { Source } from './source.ts'
import { SESSION_KEYS, sessionDraft, type SessionDraft } from './session.ts'

export const FIXTURE_KEYS: readonly (keyof GivenFixture)[] = keysOf<GivenFixture>()([
  'now',
  'schemas',
  'identities',
  'sessions',
  'generate',
])
export const GENERATE_KEYS: readonly (keyof FixtureGenerate)[] = keysOf<FixtureGenerate>()(['identities', 'sessions'])
export const COUNT_KEYS: readonly (keyof FixtureSessionCount)[] = keysOf<FixtureSessionCount>()(['min', 'max'])
/** More would not fit the memory of a process. */
export const MOST_IDENTITIES = 250_000
export const MOST_SESSIONS = 1_000_000

/** How many identities and sessions to make up. */
export interface Generate {
  readonly identities: number
  readonly sessions: { readonly min: number; readonly max: number }
}

/** A fixture that was understood: nothing in it can go wrong any more but ids that clash or lead nowhere. */
export interface Fixture {
  readonly source: Source
  readonly now: Micros
  readonly schemas: readonly { readonly id: string; readonly text: string }[]
  readonly identities: readonly IdentityDraft[]
  /** With the identity that a session stands under, by its index. */
  readonly sessions: readonly (SessionDraft & { readonly under?: IdentityDraft | undefined })[]
  readonly generate: Generate | undefined
}

/** Whether an object is a session rather than an identity: only sessions have these. */
const isSession = (value: Readonly<Record<string, unknown>>): boolean =>
  SESSION_KEYS.some((key) => key in value && !(IDENTITY_KEYS as readonly string[]).includes(key))

class Collector {
  readonly identities: IdentityDraft[] = []
  readonly sessions: (SessionDraft & { under?: IdentityDraft | undefined })[] = []
  readonly #check: Checker

  constructor(check: Checker) {
    this.#check = check
  }

  identity(value: unknown, pointer: Pointer, brought = false): void {
    const draft = identityDraft(this.#check, value, pointer, brought)
    if (draft === undefined) return
    this.identities.push(draft)
    const own = isObject(value) ? value['sessions'] : undefined
    for (const [n, one] of this.#check.list(own, [...pointer, 'sessions'], 'an array of sessions').entries()) {
      this.session(one, [...pointer, 'sessions', n], draft)
    }
  }

  session(value: unknown, pointer: Pointer, under?: IdentityDraft): void {
    const draft = sessionDraft(this.#check, value, pointer)
    if (draft === undefined) return
    const inner = isObject(value) ? value['identity'] : undefined
    // `identity: {id}` only points; more than that is the identity itself, brought along.
    if (isObject(inner) && Object.keys(inner).some((key) => key !== 'id'))
      this.identity(inner, [...pointer, 'identity'], true)
    this.sessions.push({ ...draft, under })
  }

  /** Kratos' own JSON: an identity or a session. */
  pasted(value: unknown, pointer: Pointer): void {
    if (isObject(value) && isSession(value)) this.session(value, pointer)
    else this.identity(value, pointer)
  }
}

/** Deeper than anybody writes a schema, and shallow enough to be compiled. */
const DEEPEST_SCHEMA = 1000

const schemaText = (check: Checker, id: string, schema: unknown): string => {
  const text = JSON.stringify(schema)
  if (isDeeper(text, DEEPEST_SCHEMA)) check.flaw(['schemas', id], `at most ${DEEPEST_SCHEMA} levels`, schema)
  return text
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

/** Understands a fixture. @returns it, and every flaw that was found. */
export const parseFixture = (
  source: Source,
  clock: Micros,
): { readonly fixture: Fixture; readonly flaws: readonly Flaw[] } => {
  const { value } = source
  const isFixture =
    isObject(value) &&
    (Object.keys(value).length === 0 || FIXTURE_KEYS.some((key) => key in value)) &&
    !('traits' in value) &&
    !('schema_id' in value)
  const own = isFixture ? new Checker(clock).time(value['now'], ['now']) : undefined
  const check = new Checker(own?.micros ?? clock)
  const found = new Collector(check)
  if (!isFixture) {
    if (Array.isArray(value)) for (const [n, one] of value.entries()) found.pasted(one, [n])
    else if (isObject(value) && (isSession(value) || IDENTITY_KEYS.some((key) => key in value))) found.pasted(value, [])
    else check.fields(value, [], FIXTURE_KEYS, 'a fixture, an identity, a session, or an array of these')
    return {
      fixture: {
        source,
        now: check.now,
        schemas: [],
        identities: found.identities,
        sessions: found.sessions,
        generate: undefined,
      },
      flaws: check.flaws,
    }
  }
  check.fields(value, [], FIXTURE_KEYS, 'a fixture')
  check.time(value['now'], ['now'])
  const schemas = value['schemas'] ?? {}
  if (!isObject(schemas)) check.flaw(['schemas'], 'an object of JSON Schemas by id', schemas)
  for (const [id, schema] of Object.entries(schemas))
    if (!isObject(schema)) check.flaw(['schemas', id], 'a JSON Schema', schema)
  for (const [n, one] of check.list(value['identities'], ['identities'], 'an array of identities').entries())
    found.identity(one, ['identities', n])
  for (const [n, one] of check.list(value['sessions'], ['sessions'], 'an array of sessions').entries())
    found.session(one, ['sessions', n])
  const generate = generateOf(check, value['generate'])
  const texts = isObject(schemas)
    ? Object.entries(schemas).map(([id, schema]) => ({ id, text: schemaText(check, id, schema) }))
    : []
  return {
    fixture: {
      source,
      now: check.now,
      schemas: texts,
      identities: found.identities,
      sessions: found.sessions,
      generate,
    },
    flaws: check.flaws,
  }
}

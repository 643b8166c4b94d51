import { shown, type Pointer } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { byName, leaf, made, number, object, text, textLike, whole, word } from '../model/kinds.ts'
import type { Kind, Kinds, KindsOf, Parts } from '../model/kinds.ts'
import { suggestion } from '../model/nearest.ts'
import type { Reader } from '../model/reader.ts'
import type { Effect } from './effect.ts'
import { pageFaults } from './page-fault.ts'
import { presetNames, presetOf, type PresetName } from './presets.ts'
import { ms, span } from './read-when.ts'
import type {
  ConnectionEffect,
  CutBodyEffect,
  FalseBodyEffect,
  FaultError,
  FaultHeaders,
  PageEffect,
  PresetEffect,
  RateLimit,
  RateLimitEffect,
  SlowBodyEffect,
  StatusEffect,
} from './rule.ts'

/** A header name (RFC 9110, 5.6.2). */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** The mock says how long an answer is, and which fault it was. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding', 'ory-mock-fault']

const headerFlaw = (name: string, value: unknown): string | undefined => {
  if (!HEADER_NAME.test(name)) return 'is no name of a header'
  if (FRAMING.includes(name.toLowerCase())) return 'is set by the mock; to cut a body short, use `body`'
  if (typeof value !== 'string' && typeof value !== 'number') return `must be a text, not ${shown(value)}`
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value)) ? undefined : `cannot be sent in a header: ${shown(value)}`
}

const headerPairs = byName<readonly [string, string], string | number>(
  'an object of names and values',
  { type: ['string', 'number'] },
  (reader, name, value, at) => {
    const flaw = headerFlaw(name, value)
    return flaw === undefined ? [name, String(value)] : reader.say(at, flaw)
  },
)

const headers: Kind<Readonly<Record<string, string>>, FaultHeaders> = made(headerPairs, (pairs) =>
  Object.fromEntries(pairs),
)

const STATUS = whole(200, 599, 'an HTTP status from 200 to 599')

const error = object({
  id: textLike(/^[\x21-\x7e]*$/, 'printable ASCII without spaces'),
  reason: text,
  message: text,
  details: leaf<Readonly<Record<string, unknown>>>('an object', { type: 'object' }, (value) =>
    isObject(value) ? value : undefined,
  ),
} satisfies KindsOf<FaultError>)

const rateLimit = object(
  {
    limit: whole(0, Number.MAX_SAFE_INTEGER, 'a whole number from 0'),
    window: span(1),
  } satisfies KindsOf<RateLimit>,
  { required: { limit: 'how many requests pass in a window', window: 'a time such as "1s"' } },
)

/** A preset by its name, with hyphens or underscores. */
export const preset: Kind<Effect, PresetName> = {
  schema: {
    enum: [...new Set(presetNames.flatMap((name) => [name, name.replaceAll('_', '-'), name.replaceAll('-', '_')]))],
  },
  read: (reader, value, at) => {
    const name = typeof value === 'string' ? value : ''
    const known = presetOf(name)?.effect
    return known ?? reader.say(at, `${shown(value)} is no preset; ${suggestion(name, presetNames, '`')}`)
  },
}

/** One kind of effect: the members that it has, and what is made of them. */
export interface EffectKind {
  readonly members: Kinds
  readonly required: Readonly<Record<string, string>>
  readonly read: (reader: Reader, value: unknown, at: Pointer) => Effect | undefined
}

const effect = <E extends Kinds>(
  members: E,
  make: (parts: Parts<E>, reader: Reader, at: Pointer) => Effect | undefined,
  required: { readonly [K in keyof E]?: string } = {},
): EffectKind & { readonly members: E } => {
  const { read } = made(object(members, { required }), make)
  return { members, required: required as Readonly<Record<string, string>>, read }
}

/** Each kind of effect. What one without a part is made of is never used: the part is wrong. */
export const effectKinds = {
  status: effect(
    { status: STATUS, error, headers } satisfies KindsOf<StatusEffect>,
    ({ status = 500, error: parts = {}, headers: more = {} }) => ({
      kind: 'status',
      status,
      error: parts,
      headers: more,
    }),
  ),
  rateLimit: effect(
    { rateLimit } satisfies KindsOf<RateLimitEffect>,
    ({ rateLimit: { limit = 0, window = 1 } = {} }) => ({
      kind: 'rateLimit',
      limit,
      window,
    }),
  ),
  connection: effect(
    { connection: word(['reset', 'close', 'hang']) } satisfies KindsOf<ConnectionEffect>,
    ({ connection }) => connection && { kind: 'connection', how: connection },
  ),
  cutBody: effect(
    {
      body: word(['truncate', 'reset']),
      at: number(0, 1 - Number.EPSILON, 'a fraction from 0, below 1'),
    } satisfies KindsOf<CutBodyEffect>,
    ({ body, at = 0.5 }) => ({ kind: 'cut', how: body === 'reset' ? 'reset' : 'close', at }),
  ),
  falseBody: effect(
    { body: word(['malformed', 'empty', 'html']), status: STATUS, headers } satisfies KindsOf<FalseBodyEffect>,
    ({ body: how = 'empty', status = 200, headers: more = {} }, reader, at) => {
      if (how !== 'empty' && (status === 204 || status === 304))
        return reader.say([...at, 'status'], `an answer with ${status} has no body`)
      return { kind: 'body', how, status, headers: more }
    },
  ),
  slowBody: effect(
    {
      body: word(['slow']),
      bytes: whole(1, 2 ** 30, 'a whole number from 1'),
      every: ms(1),
    } satisfies KindsOf<SlowBodyEffect>,
    ({ bytes = 1, every = 1 }) => ({ kind: 'slow', bytes, every }),
    { bytes: 'how many come at a time', every: 'in milliseconds' },
  ),
  page: effect(
    { page: word(pageFaults) } satisfies KindsOf<PageEffect>,
    ({ page }) => page && { kind: 'page', how: page },
  ),
  preset: effect({ preset } satisfies KindsOf<PresetEffect>, ({ preset: named }) => named),
}

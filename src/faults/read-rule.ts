import type { Pointer } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { anything, object, textLike, type Kind } from '../model/kinds.ts'
import { listed } from '../model/nearest.ts'
import { operations } from '../model/operations.ts'
import type { Reader } from '../model/reader.ts'
import type { ReadDelay } from './delay.ts'
import type { Effect } from './effect.ts'
import { effectKinds, preset } from './effect-kinds.ts'
import { matchersOf, type Match, type Matcher } from './match.ts'
import { effect } from './read-effect.ts'
import { leavesRoom, match, operationsOf } from './read-match.ts'
import { delay, when, whenOf, type When } from './read-when.ts'
import type { FaultRule, FaultRuleKey } from './rule.ts'

/** What a rule does to one of the requests that it takes: nothing, or a delay, an effect, or both. */
export type Step = 'pass' | { readonly delay: ReadDelay | undefined; readonly effect: Effect | undefined }

/** A rule that was read. Immutable: what becomes of it is counted elsewhere. */
export interface Rule {
  readonly id: string
  /** As it was given. */
  readonly given: FaultRule
  readonly match: Match
  readonly matchers: readonly Matcher[]
  readonly when: When
  /** One for each request that it takes, again from the first after the last. */
  readonly steps: readonly Step[]
  /** How many requests it takes. */
  readonly times: number
  /** Where it was armed, if that is known: a file, or a place in one. */
  readonly from?: string | undefined
}

/** The keys of a rule. */
export const ruleEntries = {
  id: textLike(/^[\x21-\x2e\x30-\x7e]{1,100}$/, 'at most 100 characters of printable ASCII without spaces and slashes'),
  match,
  when,
  delay,
  effect: anything,
  sequence: anything,
  preset: anything,
} satisfies Readonly<Record<FaultRuleKey, Kind>>

const parts = object(ruleEntries)

/** The keys of effects. */
const EFFECT_KEYS: readonly string[] = Object.values(effectKinds).flatMap(({ members }) => Object.keys(members))

/** The most steps of a sequence. */
export const MOST_STEPS = 1000

/** Reads an effect that may have a delay beside it, or a delay alone. */
export const readStep = (reader: Reader, value: unknown, at: Pointer): Exclude<Step, 'pass'> | undefined => {
  if (!isObject(value)) return reader.flaw(at, 'an effect, with or without a `delay`', value)
  const { delay: given, ...rest } = value
  const read = given === undefined ? undefined : delay.read(reader, given, [...at, 'delay'])
  const alone = given !== undefined && Object.keys(rest).length === 0
  const made = alone ? undefined : effect.read(reader, rest, at)
  if (made?.kind !== 'rateLimit') return { delay: read, effect: made }
  return reader.say([...at, 'rateLimit'], 'counts requests, so it must be the one effect of a rule')
}

const readSequence = (reader: Reader, value: unknown, at: Pointer, usual: ReadDelay | undefined): readonly Step[] => {
  if (!Array.isArray(value)) return reader.flaw(at, 'an array of effects and "pass"', value) ?? []
  if (value.length > MOST_STEPS) reader.say(at, `has ${value.length} steps; ${MOST_STEPS} are the most`)
  else if (value.every((step) => step === 'pass')) reader.say(at, 'lets every request pass, so it can never fire')
  return value.slice(0, MOST_STEPS).flatMap((step: unknown, n): Step[] => {
    if (step === 'pass') return ['pass']
    if (typeof step === 'string') return reader.flaw([...at, n], '"pass" or an effect', step) ?? []
    const read = readStep(reader, step, [...at, n])
    return read === undefined ? [] : [{ effect: read.effect, delay: read.delay ?? usual }]
  })
}

const lists = operations.filter((one) => one.lists !== undefined)

/** Why an effect can never act on what a rule matches. */
const contradiction = (asked: Match, { kind, ...made }: Effect): string | undefined => {
  const { methods } = asked
  if (kind === 'cut' || kind === 'body' || kind === 'slow') {
    const isHead = methods?.every((one) => one === 'HEAD') === true
    return isHead ? 'needs a body, and the answer to a HEAD request has none' : undefined
  }
  if (kind !== 'page') return undefined
  const idle = operationsOf(asked).find((one) => one.lists === undefined)
  if (idle !== undefined) {
    const ids = lists.map(({ id }) => id)
    return `\`${idle.id}\` lists nothing; ${listed(ids, '`')} do`
  }
  if (methods?.includes('GET') === false) return `needs a list, and ${methods.join(' or ')} gives none`
  if (!lists.some((one) => leavesRoom(asked, one))) return 'needs a list, and no operation that lists can match'
  const hasNoToken = asked.query.some(([name, wanted]) => name === 'page_token' && wanted === false)
  if ('how' in made && made.how === 'expire-token' && hasNoToken)
    return 'needs a `page_token`, and the match is for requests without one'
  return undefined
}

const ACTS = ['effect', 'sequence', 'preset'] as const

/** What a rule does with the requests that it takes. */
const stepsOf = (
  reader: Reader,
  act: (typeof ACTS)[number] | undefined,
  value: unknown,
  usual: ReadDelay | undefined,
): readonly Step[] => {
  if (act === undefined) return [{ delay: usual, effect: undefined }]
  if (act === 'sequence') return readSequence(reader, value, [act], usual)
  return [{ delay: usual, effect: (act === 'effect' ? effect : preset).read(reader, value, [act]) }]
}

/** Reads one rule; undefined when something is wrong, all of which the reader knows then. */
export const readRule = (reader: Reader, given: unknown, freshId: () => string): Rule | undefined => {
  if (!isObject(given)) return parts.read(reader, given, []) as undefined
  const isOfEffect = (key: string): boolean => !Object.hasOwn(ruleEntries, key) && EFFECT_KEYS.includes(key)
  const [inner, own] = [true, false].map((of) => Object.entries(given).filter(([key]) => isOfEffect(key) === of))
  for (const [key] of inner!) reader.say([key], 'is a part of an effect: put it under `effect`')
  const read = parts.read(reader, Object.fromEntries(own!), [])
  if (read === undefined) return undefined
  const { match: asked = { query: [], header: [] }, when: due = whenOf(), delay: usual } = read
  const doing = ACTS.filter((key) => Object.hasOwn(given, key))
  const [act] = doing
  if (doing.length > 1) reader.say([], `has both \`${doing[0]}\` and \`${doing[1]}\`, of which a rule can have one`)
  if (act === undefined && (usual === undefined || usual === 0) && reader.total === 0)
    reader.say([], 'does nothing: it needs an `effect`, a `sequence`, a `preset` or a `delay`')
  const steps = stepsOf(reader, act, given[act ?? ''], usual)
  for (const [n, step] of steps.entries()) {
    const reason = step === 'pass' || step.effect === undefined ? undefined : contradiction(asked, step.effect)
    if (reason === undefined) continue
    const at: Pointer = act === 'sequence' ? [act, n] : [act ?? 'effect']
    const isPage = (step as Exclude<Step, 'pass'>).effect?.kind === 'page'
    reader.say(isPage ? [...at, 'page'] : at, reason)
  }
  if (reader.total > 0) return undefined
  const effects = steps.map((step) => (step === 'pass' ? undefined : step.effect))
  return {
    id: read.id ?? freshId(),
    given: given as unknown as FaultRule,
    match: asked,
    matchers: matchersOf(asked, effects),
    when: due,
    steps,
    times: due.times ?? (act === 'sequence' ? steps.length : Infinity),
  }
}

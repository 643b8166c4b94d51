import { operations } from '../model/operations.ts'
import type { Effect } from './effect.ts'
import { matchersOf, type Match, type Matcher } from './match.ts'
import { readEffect, readPreset } from './read-effect.ts'
import { leavesRoom, operationOf, readMatch } from './read-match.ts'
import { readDelay, readWhen, type When } from './read-when.ts'
import type { ReadDelay } from './delay.ts'
import type { FaultRule, FaultRuleKey } from './rule.ts'
import { isObject } from '../model/json.ts'
import { anything, into, readShape, shown, textLike, type Leaf, type Report } from './shape.ts'

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
export const ruleEntries: { readonly [K in FaultRuleKey]: Leaf<K extends 'id' ? string : unknown> } = {
  id: textLike(/^[\x21-\x2e\x30-\x7e]{1,100}$/, 'at most 100 characters of printable ASCII without spaces and slashes'),
  match: anything,
  when: anything,
  delay: anything,
  effect: anything,
  sequence: anything,
  preset: anything,
}

/** The most steps of a sequence. */
export const MOST_STEPS = 1000

/** Reads an effect that may have a delay beside it, or a delay alone. */
export const readStep = (value: unknown, pointer: string, report: Report): Exclude<Step, 'pass'> | undefined => {
  if (!isObject(value)) {
    report(pointer, `must be an effect, with or without a \`delay\`, not ${shown(value)}`)
    return undefined
  }
  const { delay: given, ...rest } = value
  const delay = readDelay(given, into(pointer, 'delay'), report)
  const alone = given !== undefined && Object.keys(rest).length === 0
  const effect = alone ? undefined : readEffect(rest, pointer, report)
  if (effect?.kind !== 'rateLimit') return { delay, effect }
  report(into(pointer, 'rateLimit'), 'counts requests, so it must be the one effect of a rule')
  return undefined
}

const readSequence = (
  value: unknown,
  delay: ReadDelay | undefined,
  pointer: string,
  report: Report,
): readonly Step[] => {
  if (!Array.isArray(value)) {
    report(pointer, `must be an array of effects and "pass", not ${shown(value)}`)
    return []
  }
  if (value.length > MOST_STEPS) report(pointer, `has ${value.length} steps; ${MOST_STEPS} are the most`)
  else if (value.every((step) => step === 'pass')) report(pointer, 'lets every request pass, so it can never fire')
  return value.slice(0, MOST_STEPS).flatMap((step: unknown, at): Step[] => {
    if (step === 'pass') return ['pass']
    const read = typeof step === 'string' ? undefined : readStep(step, into(pointer, at), report)
    if (typeof step === 'string') report(into(pointer, at), `must be "pass" or an effect, not ${shown(step)}`)
    return read === undefined ? [] : [{ effect: read.effect, delay: read.delay ?? delay }]
  })
}

/** What an effect asks of the requests that its rule matches. */
const contradictions = (match: Match, effect: Effect, pointer: string, report: Report): void => {
  const { kind } = effect
  if ((kind === 'cut' || kind === 'body' || kind === 'slow') && match.method === 'HEAD') {
    report(pointer, 'needs a body, and the answer to a HEAD request has none')
  }
  if (kind !== 'page') return
  const operation = operationOf(match)
  if (operation !== undefined && operation.lists === undefined) {
    const lists = operations.filter(({ lists: paged }) => paged !== undefined).map(({ id }) => `\`${id}\``)
    report(into(pointer, 'page'), `\`${operation.id}\` lists nothing; ${lists.join(', ')} do`)
  } else if (match.method !== undefined && match.method !== 'GET') {
    report(into(pointer, 'page'), `needs a list, and ${match.method} gives none`)
  } else if (!operations.some((one) => one.lists !== undefined && leavesRoom(match, one))) {
    report(into(pointer, 'page'), 'needs a list, and no operation that lists can match')
  }
  if (
    effect.how === 'expire-token' &&
    match.query.some(([name, wanted]) => name === 'page_token' && wanted === false)
  ) {
    report(into(pointer, 'page'), 'needs a `page_token`, and the match is for requests without one')
  }
}

/** Reads one rule; undefined when something is wrong, all of which has been reported. */
export const readRule = (given: unknown, freshId: () => string, pointer: string, outer: Report): Rule | undefined => {
  let wrong = false
  const report: Report = (at, reason) => {
    wrong = true
    outer(at, reason)
  }
  const read = readShape(ruleEntries, given, pointer, report)
  if (read === undefined || !isObject(given)) return undefined
  const match = readMatch(read.match, into(pointer, 'match'), report)
  const when = readWhen(read.when, into(pointer, 'when'), report)
  const delay = readDelay(read.delay, into(pointer, 'delay'), report)

  const doing = (['effect', 'sequence', 'preset'] as const).filter((key) => Object.hasOwn(given, key))
  if (doing.length > 1) report(pointer, `has both \`${doing[0]}\` and \`${doing[1]}\`, of which a rule can have one`)
  if (doing.length === 0 && (delay === undefined || delay === 0) && !wrong) {
    report(pointer, 'does nothing: it needs an `effect`, a `sequence`, a `preset` or a `delay`')
  }
  const at = into(pointer, doing[0] ?? 'effect')
  let steps: readonly Step[] = [{ delay, effect: undefined }]
  if (doing[0] === 'sequence') steps = readSequence(read.sequence, delay, at, report)
  else if (doing[0] === 'effect') steps = [{ delay, effect: readEffect(read.effect, at, report) }]
  else if (doing[0] === 'preset') steps = [{ delay, effect: readPreset(read.preset, at, report) }]
  for (const [index, step] of steps.entries()) {
    if (step !== 'pass' && step.effect !== undefined) {
      contradictions(match, step.effect, doing[0] === 'sequence' ? into(at, index) : at, report)
    }
  }
  if (wrong) return undefined
  const effects = steps.map((step) => (step === 'pass' ? undefined : step.effect))
  return {
    id: read.id ?? freshId(),
    given: given as unknown as FaultRule,
    match,
    matchers: matchersOf(match, effects),
    when,
    steps,
    times: when.times ?? (doing[0] === 'sequence' ? steps.length : Infinity),
  }
}

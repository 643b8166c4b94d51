import { textOf } from '../go/bytes.ts'
import type { Facts } from './facts.ts'
import type { Matcher } from './match.ts'
import type { Rule } from './read-rule.ts'
import type { Miss, Tally } from './tally.ts'

/** What a message shows of a text that may be long. */
const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}...` : text)

/** The request line, as far as a message needs it. */
export const requestLine = ({ method, sentPath, query }: Facts): string => {
  const pairs = query.encodeWith({})
  return `\`${cut(textOf(`${method} ${sentPath}${pairs === '' ? '' : `?${pairs}`}`))}\``
}

const failure = (matcher: Matcher, facts: Facts): string => {
  const found = matcher.found(facts)
  return `\`${matcher.name}\` (wanted ${cut(matcher.wants)}, was ${found === undefined ? 'absent' : cut(textOf(found))})`
}

/** All that a rule asks of a request, in words. */
export const wantsOf = ({ matchers }: Rule): string =>
  matchers.length === 0 ? 'any request' : matchers.map(({ name, wants }) => `\`${name}\` ${cut(wants)}`).join(' and ')

/** A request that failed some of a rule's matchers. */
export const missOf = (matchers: readonly Matcher[], failed: readonly Matcher[], facts: Facts): Miss => ({
  failed: failed.length,
  text:
    `${requestLine(facts)} came closest: it failed ${failed.map((matcher) => failure(matcher, facts)).join(' and ')}` +
    (failed.length < matchers.length ? '' : ', so nothing matched'),
})

const SPARED = {
  before: 'but the time of `after` had not passed',
  over: 'but the time of `for` was over',
  skip: 'but `skip` let it pass',
  every: 'but `every` let it pass',
  chance: 'but `probability` let it pass',
  spent: 'but `times` was used up',
  pass: 'but the steps that it took are all "pass"',
  quota: 'but no window went over its `limit`',
} as const

/** Why a rule has not fired. */
export const reasonOf = ({ matchers }: Rule, { matched, miss, spared }: Tally, seen: Iterable<Facts>): string => {
  if (spared?.why === 'earlier')
    return `${spared.request} matched, but the rule \`${spared.id}\`, added earlier, took it`
  if (spared !== undefined) return `${matched} matched, the last one ${spared.request}, ${SPARED[spared.why]}`
  let best = miss
  for (const facts of seen) {
    const failed = matchers.filter((matcher) => !matcher.holds(facts))
    if (failed.length > 0 && (best === undefined || failed.length < best.failed)) best = missOf(matchers, failed, facts)
  }
  return best === undefined ? 'no request came' : best.text
}

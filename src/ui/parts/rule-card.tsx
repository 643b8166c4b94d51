import type { JSX } from 'preact'
import type { ArmedRule } from '../../faults/rule.ts'
import { isObject } from '../../model/json.ts'
import { useRequests } from '../live/journal.ts'
import { givenRule, ruleFile } from '../copy/rule.ts'
import { mock } from '../live/mock.ts'
import { hashOf } from '../live/route.ts'
import { copy } from './announcement.tsx'
import { withCode } from './code.tsx'
import { Histogram } from './histogram.tsx'
import { Json } from './json.tsx'
import { Verb } from './verb.tsx'

/** What a rule does, in a few words. */
const deedOf = ({ effect, sequence, preset, delay }: ArmedRule): string => {
  const wait =
    delay === undefined
      ? ''
      : typeof delay === 'object'
        ? 'after a random delay'
        : `after ${typeof delay === 'number' ? `${delay} ms` : delay}`
  const deed =
    preset ??
    (sequence === undefined
      ? effect === undefined
        ? ''
        : Object.entries(effect)
            .slice(0, 2)
            .map(([name, value]) => (typeof value === 'object' ? name : `${name} ${String(value)}`))
            .join(', ')
      : `a sequence of ${sequence.length}`)
  return [deed || 'the API’s answer', wait].filter((part) => part !== '').join(', ')
}

const termOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(String).join(' or ')
  return isObject(value) ? Object.keys(value).join(', ') : String(value)
}

/** What a rule is for, in a few words. */
const targetOf = ({ match = {} }: ArmedRule): string => {
  const terms = Object.entries(match).map(([name, value]) =>
    name === 'operation' ? termOf(value) : `${name} ${termOf(value)}`,
  )
  return terms.length === 0 ? 'every request' : terms.join(' · ')
}

/** How long the requests took that a rule acted on. */
const Latency = ({ id }: { readonly id: string }): JSX.Element => {
  const acted = (useRequests() ?? []).filter(({ fault, status }) => fault === id && status !== null)
  return <Histogram durations={acted.map(({ durationMs }) => durationMs)} />
}

/** An armed rule, and what became of it. */
export const RuleCard = ({ rule }: { readonly rule: ArmedRule }): JSX.Element => {
  const { id, hits, matched, nearestMiss, delay, when } = rule
  const delays =
    delay !== undefined || rule.sequence?.some((step) => typeof step === 'object' && step.delay !== undefined) === true
  const isSpent = when?.times !== undefined && hits >= when.times
  return (
    <li class={isSpent ? 'rule spent' : 'rule'}>
      <div class="head">
        <h2>{id}</h2>
        {isSpent ? <span class="badge expired">spent</span> : null}
        <span class="buttons">
          <Verb label="Copy as file" kind="quiet" describedBy={`rule-${id}`} act={() => copy('file', ruleFile(rule))} />
          <Verb
            label="Remove"
            kind="quiet"
            describedBy={`rule-${id}`}
            act={async () => (await mock()).faults.remove(id)}
            done="Removed."
          />
        </span>
      </div>
      <p id={`rule-${id}`}>
        <b>{deedOf(rule)}</b> <span class="muted">for</span> {targetOf(rule)}
        {when === undefined ? null : (
          <span class="muted">
            {' '}
            {Object.entries(when)
              .map(([name, value]) => `${name} ${String(value)}`)
              .join(', ')}
          </span>
        )}
      </p>
      <p class="counts">
        <span>
          <b>{matched}</b> matched
        </span>
        <span>
          <b>{hits}</b> acted
        </span>
        {hits > 0 ? <a href={hashOf('requests', { filter: `fault ${id}` })}>Show them</a> : null}
      </p>
      {nearestMiss === undefined ? null : <p class="miss">{withCode(nearestMiss)}</p>}
      {delays ? <Latency id={id} /> : null}
      <details>
        <summary>Rule</summary>
        <Json value={givenRule(rule)} label={`Rule ${id}`} />
      </details>
    </li>
  )
}

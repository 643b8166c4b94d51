import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { presetNames, presets, type PresetName } from '../../faults/presets.ts'
import type { FaultRule } from '../../faults/rule.ts'
import { operations, type OperationId } from '../../model/operations.ts'
import { mock } from '../live/mock.ts'
import { Verb } from './verb.tsx'

/** Faults that are no preset of Ory's own failures, by what they are called here. */
const OTHERS: Readonly<Record<string, FaultRule>> = {
  'unavailable (503)': { effect: { status: 503 } },
  'slow answer': { delay: { median: 400, sigma: 0.5, max: 3000 } },
  'connection reset': { effect: { connection: 'reset' } },
  'no answer': { effect: { connection: 'hang' } },
  'body cut off': { effect: { body: 'truncate', at: 0.5 } },
  'malformed JSON': { effect: { body: 'malformed' } },
  'page repeated': { match: { operation: 'listIdentitySessions' }, effect: { page: 'repeat' } },
  'page skipped': { match: { operation: 'listIdentitySessions' }, effect: { page: 'skip' } },
}

const isPreset = (name: string): name is PresetName => (presetNames as readonly string[]).includes(name)

interface Choice {
  readonly fault: string
  readonly operation: string
  readonly isOnce: boolean
}

/** What a rule does, whatever it is for. */
const actsOf = (rule: FaultRule): Omit<FaultRule, 'match'> & FaultRule => {
  const { match: _, ...acts } = rule
  return acts
}

const ruleOf = ({ fault, operation, isOnce }: Choice): FaultRule => {
  const base: FaultRule = isPreset(fault) ? { preset: fault } : OTHERS[fault]!
  const match = operation === '' ? base.match : { operation: operation as OperationId }
  return { ...(match === undefined ? {} : { match }), ...(isOnce ? { when: { times: 1 } } : {}), ...actsOf(base) }
}

const textOf = (choice: Choice): string => JSON.stringify(ruleOf(choice), null, 2)

const FIRST: Choice = { fault: 'rate-limited', operation: '', isOnce: false }

const parsed = (text: string): FaultRule => {
  try {
    return JSON.parse(text) as FaultRule
  } catch (error) {
    throw new Error(`The rule is not JSON: ${(error as Error).message}.`, { cause: error })
  }
}

/** Arms a rule: what is chosen writes it, and it can be written on. */
export const ArmForm = (): JSX.Element => {
  const [choice, setChoice] = useState(FIRST)
  const [text, setText] = useState(textOf(FIRST))
  const choose = (part: Partial<Choice>): void => {
    const chosen = { ...choice, ...part }
    setChoice(chosen)
    setText(textOf(chosen))
  }
  return (
    <section class="arm" aria-label="Arm a rule">
      <h2>Arm a rule</h2>
      <label>
        Preset
        <select value={choice.fault} onChange={({ currentTarget }) => choose({ fault: currentTarget.value })}>
          <optgroup label="Ory’s own failures">
            {presetNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
          <optgroup label="The network’s and others">
            {Object.keys(OTHERS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
        </select>
      </label>
      <p class="muted about">{isPreset(choice.fault) ? presets[choice.fault].summary : ''}</p>
      <label>
        Operation
        <select value={choice.operation} onChange={({ currentTarget }) => choose({ operation: currentTarget.value })}>
          <option value="">every operation</option>
          {operations.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend class="hidden">For which requests</legend>
        <label class="choice">
          <input type="radio" name="often" checked={!choice.isOnce} onChange={() => choose({ isOnce: false })} />
          Every request
        </label>
        <label class="choice">
          <input type="radio" name="often" checked={choice.isOnce} onChange={() => choose({ isOnce: true })} />
          Next request only
        </label>
      </fieldset>
      <label>
        Rule
        <textarea
          rows={9}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <Verb label="Arm" kind="primary" act={async () => (await mock()).faults.add(parsed(text))} done="Armed." />
    </section>
  )
}

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { NamedSession } from '../../seed/fixture.ts'
import { STATES } from '../../seed/session.ts'
import { mock } from '../live/mock.ts'
import { Verb } from './verb.tsx'

/** Makes a session of a named state, as a fixture does. */
export const NewSession = ({ owner }: { readonly owner: string }): JSX.Element => {
  const [state, setState] = useState<NamedSession>('active')
  return (
    <span class="buttons">
      <label>
        <span class="hidden">State of the new session</span>
        <select value={state} onChange={({ currentTarget }) => setState(currentTarget.value as NamedSession)}>
          {Object.keys(STATES).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Verb
        label="New session"
        kind="primary"
        act={async () => (await mock()).seed({ sessions: [{ identity_id: owner, ...STATES[state] }] })}
        done="Made a session."
      />
    </span>
  )
}

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { SIGN_IN_METHODS, type SignInMethod } from '../../model/sign-in-methods.ts'
import type { SignedIn, SignInOptions } from '../../mock-interface.ts'
import type { NamedSession } from '../../seed/fixture.ts'
import { STATES } from '../../seed/session.ts'
import { mock } from '../live/mock.ts'
import { copy } from './announcement.tsx'
import { Verb } from './verb.tsx'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly of: readonly T[]
  readonly value: T
  readonly choose: (value: T) => void
}

const Choice = <T extends string>({ label, of, value, choose }: ChoiceProps<T>): JSX.Element => (
  <label>
    {label}{' '}
    <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as T)}>
      {of.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  </label>
)

const Proof = ({ what, text }: { readonly what: string; readonly text: string }): JSX.Element => (
  <div>
    <dt>{what}</dt>
    <dd>
      <code>{text}</code> <Verb label={`Copy ${what}`} kind="quiet" act={() => copy(what, text)} />
    </dd>
  </div>
)

const AALS = ['as proven', 'aal1', 'aal2'] as const

/** Signs the identity in at once, and gives what an application proves that with. */
export const SignInAs = ({ id }: { readonly id: string }): JSX.Element => {
  const [method, setMethod] = useState<SignInMethod>('password')
  const [aal, setAal] = useState<(typeof AALS)[number]>('as proven')
  const [state, setState] = useState<NamedSession>('active')
  const [signedIn, setSignedIn] = useState<SignedIn | undefined>(undefined)
  const signIn = async (): Promise<void> => {
    setSignedIn(undefined)
    const options: SignInOptions = { method, state, ...(aal === 'as proven' ? {} : { aal }) }
    setSignedIn(await (await mock()).signIn(id, options))
  }
  return (
    <section class="sign-in" aria-label="Sign in">
      <span class="buttons">
        <Choice label="Method" of={Object.keys(SIGN_IN_METHODS) as SignInMethod[]} value={method} choose={setMethod} />
        <Choice label="Assurance" of={AALS} value={aal} choose={setAal} />
        <Choice label="State" of={Object.keys(STATES) as NamedSession[]} value={state} choose={setState} />
        <Verb label="Sign in as" kind="primary" act={signIn} done="Signed in." />
      </span>
      <p class="muted">
        As an application does, with a token and a cookie that prove it. New session puts one there without signing in,
        as a fixture does.
      </p>
      {signedIn === undefined ? null : (
        <dl class="headers" aria-label="What it is proven with">
          <Proof what="token" text={signedIn.token} />
          <Proof what="cookie" text={signedIn.cookie} />
        </dl>
      )}
    </section>
  )
}

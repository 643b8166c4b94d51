import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PersonLine, SessionsPage } from '../../control/people.ts'
import { formatTime } from '../../model/time.ts'
import { personCurl, personFixture, personSdk, personTestLine, type AdminIdentity } from '../copy/person.ts'
import { useControl } from '../live/data.ts'
import { api, card } from '../live/mock.ts'
import { hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { time } from '../live/time.ts'
import { CopyAs, type CopyForm } from '../parts/copy-as.tsx'
import { Json } from '../parts/json.tsx'
import { Loading, Waiting } from '../parts/loading.tsx'
import { NewSession } from '../parts/new-session.tsx'
import { Sessions } from '../parts/sessions.tsx'
import { SignInAs } from '../parts/sign-in-as.tsx'
import { Badge } from '../parts/state.tsx'
import { Verb } from '../parts/verb.tsx'

interface Person {
  readonly person: PersonLine
  readonly admin: AdminIdentity
  readonly public: unknown
}

/** How many more sessions are shown at a time. */
const SESSIONS = 25
const MOST_SESSIONS = 500

const setState = (id: string, state: 'active' | 'inactive'): Promise<Response> =>
  api('PATCH', `/admin/identities/${id}`, [{ op: 'replace', path: '/state', value: state }])

const formsOf = ({ admin }: Person, sessions: SessionsPage | undefined): readonly CopyForm[] => {
  const target = card.value
  const fixture = (): string =>
    personFixture({
      identity: admin,
      sessions: sessions?.sessions ?? [],
      total: sessions?.total ?? 0,
      now: formatTime(time.value.now),
    })
  return [
    { name: 'curl', text: () => personCurl(admin.id, target) },
    { name: 'SDK call', text: () => personSdk(admin.id, target) },
    { name: 'fixture', text: fixture },
    { name: 'test line', text: () => personTestLine(admin) },
  ]
}

const Head = ({
  found,
  sessions,
}: {
  readonly found: Person
  readonly sessions: SessionsPage | undefined
}): JSX.Element => {
  const { id, identifier, state } = found.person
  return (
    <div class="head">
      <h1>
        <bdi>{identifier === '' ? id : identifier}</bdi>
      </h1>
      <Badge state={state} />
      <span class="id">{id}</span>
      <span class="buttons">
        {state === 'active' ? (
          <Verb key="off" label="Deactivate" act={() => setState(id, 'inactive')} done="Deactivated." />
        ) : (
          <Verb key="on" label="Activate" act={() => setState(id, 'active')} done="Activated." />
        )}
        <a class="button" href={hashOf('requests', { filter: id })}>
          Requests
        </a>
        <CopyAs forms={formsOf(found, sessions)} />
      </span>
    </div>
  )
}

/** One identity: what the APIs show of it, and its sessions. */
export const PersonView = (): JSX.Element => {
  const { id } = useStore(route)
  const [count, setCount] = useState(SESSIONS)
  const { value: found, refusal } = useControl<Person>(`/people/${id}`)
  const { value: sessions } = useControl<SessionsPage>(`/people/${id}/sessions?page_size=${count}`)
  return (
    <>
      <p class="crumbs">
        <a href={hashOf('people')}>People</a>
      </p>
      {found === undefined ? (
        <Waiting refusal={refusal} />
      ) : (
        <>
          <Head found={found} sessions={sessions} />
          <SignInAs id={id} />
          <section aria-label="Sessions">
            <div class="head">
              <h2>Sessions</h2>
              <span class="muted">{sessions?.total}</span>
              <NewSession owner={id} />
            </div>
            {sessions === undefined ? <Loading /> : <Sessions page={sessions} identityState={found.person.state} />}
            {sessions === undefined || sessions.next === null || count >= MOST_SESSIONS ? null : (
              <p class="pager">
                <Verb
                  label="More sessions"
                  kind="quiet"
                  act={() => setCount(Math.min(MOST_SESSIONS, count + (count < 100 ? SESSIONS : 100)))}
                />
              </p>
            )}
          </section>
          <section class="sides" aria-label="Identity">
            <div>
              <h2>As the admin API shows it</h2>
              <Json value={found.admin} label="As the admin API shows it" />
            </div>
            <div>
              <h2>As the public API shows it</h2>
              <Json value={found.public} label="As the public API shows it" />
            </div>
          </section>
        </>
      )}
    </>
  )
}

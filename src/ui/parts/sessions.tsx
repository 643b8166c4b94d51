import type { JSX } from 'preact'
import type { SessionLine, SessionsPage } from '../../control/people.ts'
import type { Micros } from '../../model/time.ts'
import { api } from '../live/mock.ts'
import { shortTime, useTime } from '../live/time.ts'
import { copy } from './announcement.tsx'
import { Badge, Left, stateOf } from './state.tsx'
import { Timeline } from './timeline.tsx'
import { Verb } from './verb.tsx'

/** What of a user agent tells a person which device it is. */
const agentName = (agent: string | null): string => {
  if (agent === null) return 'unknown device'
  const browser = /(Firefox|Edg|OPR|Chrome|Version)\/(\d+)/.exec(agent)
  const system = /(iPhone|iPad|Android|Windows|Mac OS X|Linux)/.exec(agent)?.[1]
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }
  if (browser === null) return agent.slice(0, 60)
  return [names[browser[1]!] ?? browser[1], browser[2], system === undefined ? '' : `· ${system}`].join(' ')
}

/** Behind the address of IPv4, which Kratos keeps with it. */
const PORT = /(?<=^[\d.]+):\d+$/

const Devices = ({ devices }: Pick<SessionLine, 'devices'>): JSX.Element => (
  <>
    {devices.slice(0, 3).map(({ id, user_agent, ip_address, location }) => (
      <div key={id} title={[user_agent, ip_address].filter((part) => part !== null).join(' · ')}>
        <bdi>{agentName(user_agent)}</bdi>{' '}
        <span class="muted place">
          <bdi>
            {[location, ip_address?.replace(PORT, '')]
              .filter((part) => part !== null && part !== undefined && part !== '')
              .join(' · ')}
          </bdi>
        </span>
      </div>
    ))}
    {devices.length > 3 ? <div class="muted">and {devices.length - 3} more</div> : null}
    {devices.length === 0 ? <span class="muted">none</span> : null}
  </>
)

const methodsOf = ({ authentication_methods }: SessionLine): string =>
  (authentication_methods ?? []).map(({ method, provider }) => (provider ? `${method} ${provider}` : method)).join(', ')

interface RowProps {
  readonly session: SessionLine
  readonly identityState: string
  readonly now: Micros
}

const Row = ({ session, identityState, now }: RowProps): JSX.Element => {
  const { id, token, expires_at, issued_at, authenticator_assurance_level: aal } = session
  const state = stateOf(session, identityState, now)
  return (
    <tr class={state} data-session={id}>
      <td>
        <Badge state={state} />
      </td>
      <td class="number" title={expires_at}>
        {state === 'revoked' ? <span class="muted none">–</span> : <Left until={expires_at} now={now} />}
      </td>
      <td class="aals">
        <span class="aal">{aal}</span> <span class="muted">{methodsOf(session)}</span>
      </td>
      <td class="devices" data-label="Device">
        <Devices devices={session.devices} />
      </td>
      <td class="muted time" title={issued_at} data-label="Issued">
        {shortTime(issued_at, now)}
      </td>
      <td class="muted time" title={expires_at} data-label="Expires">
        {shortTime(expires_at, now)}
      </td>
      <td class="id spare" id={`session-${id}`} title={id}>
        {id.slice(0, 8)}
      </td>
      <td class="verbs">
        <Verb
          label="Revoke"
          kind="quiet"
          describedBy={`session-${id}`}
          disabled={!session.active}
          act={() => api('DELETE', `/admin/sessions/${id}`)}
          done="Revoked."
        />
        <Verb
          label="Extend"
          kind="quiet"
          describedBy={`session-${id}`}
          act={() => api('PATCH', `/admin/sessions/${id}/extend`)}
          done="Extended, where that makes it longer."
        />
        <Verb label="Copy token" kind="quiet" describedBy={`session-${id}`} act={() => copy('token', token)} />
      </td>
    </tr>
  )
}

/** The sessions of an identity: a picture, and a row each. */
export const Sessions = ({
  page,
  identityState,
}: {
  readonly page: SessionsPage
  readonly identityState: string
}): JSX.Element => {
  const { now } = useTime()
  if (page.sessions.length === 0) return <p class="empty">There are no sessions.</p>
  return (
    <>
      <Timeline sessions={page.sessions} identityState={identityState} now={now} />
      <table>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Time left
            </th>
            <th scope="col">Assurance</th>
            <th scope="col">Device</th>
            <th scope="col">Issued</th>
            <th scope="col">Expires</th>
            <th scope="col" class="spare">
              Id
            </th>
            <th scope="col">
              <span class="hidden">Verbs</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {page.sessions.map((session) => (
            <Row key={session.id} session={session} identityState={identityState} now={now} />
          ))}
        </tbody>
      </table>
    </>
  )
}

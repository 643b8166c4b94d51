import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ProjectCard } from '../../control/project-card.ts'
import { useControl } from '../live/data.ts'
import { changed } from '../live/follow.ts'
import { card, control, mock, wholeRoot } from '../live/mock.ts'
import { useStore } from '../live/store.ts'
import { copy } from '../parts/announcement.tsx'
import { withCode } from '../parts/code.tsx'
import { Loading } from '../parts/loading.tsx'
import { Verb } from '../parts/verb.tsx'

interface Listed {
  readonly name: string
  readonly url: string
  readonly publicUrl: string
  readonly token: string
}

const Row = ({ project, isHere }: { readonly project: Listed; readonly isHere: boolean }): JSX.Element => (
  <tr class={isHere ? 'here' : ''}>
    <th scope="row">
      <a href={`${project.url}/_mock/ui`} {...(isHere ? { 'aria-current': 'true' as const } : {})}>
        {project.name === '' ? 'root project' : project.name}
      </a>
    </th>
    <td class="id">{project.url}</td>
    <td class="id" data-label="Public URL">
      {project.publicUrl === project.url ? <span class="muted">the same</span> : project.publicUrl}
    </td>
    <td data-label="Bearer token">
      {project.token === '' ? (
        <span class="muted">none</span>
      ) : (
        <>
          <code>{project.token}</code> <Verb label="Copy token" kind="quiet" act={() => copy('token', project.token)} />
        </>
      )}
    </td>
    <td class="verbs">
      {project.name === '' || isHere ? null : (
        <Verb
          label="Remove"
          kind="quiet"
          act={async () => {
            await control(`/projects/${project.name}`, { method: 'DELETE' })
            changed()
          }}
        />
      )}
    </td>
  </tr>
)

const List = ({ projects }: { readonly projects: readonly Listed[] }): JSX.Element => {
  const here = useStore(card)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col">URL</th>
          <th scope="col">Public URL</th>
          <th scope="col">Bearer token</th>
          <th scope="col">
            <span class="hidden">Verbs</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <Row key={project.name} project={project} isHere={project.name === here.name} />
        ))}
      </tbody>
    </table>
  )
}

/** Keeps states of the project, and goes back to them. */
const States = ({ snapshots }: { readonly snapshots: readonly string[] }): JSX.Element => {
  const [chosen, choose] = useState('')
  const id = snapshots.includes(chosen) ? chosen : (snapshots.at(-1) ?? '')
  const snapshot = async (): Promise<void> => {
    choose((await (await mock()).snapshot()).id)
    changed()
  }
  return (
    <section aria-label="State">
      <h2>State</h2>
      <p class="muted">A snapshot keeps the data, the clock, the fault rules and the place in the random sequence.</p>
      <p class="buttons">
        <Verb label="Snapshot" act={snapshot} done="Kept." />
        <label>
          <span class="hidden">Which snapshot</span>
          <select
            value={id}
            disabled={snapshots.length === 0}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {snapshots.length === 0 ? <option value="">none yet</option> : null}
            {snapshots.toReversed().map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <Verb
          label="Restore"
          disabled={id === ''}
          act={async () => (await mock()).restore({ id })}
          done={`Back to ${id}.`}
        />
        <Verb label="Reset" kind="danger" act={async () => (await mock()).reset()} done="Back to the seeded state." />
      </p>
    </section>
  )
}

const Quirks = ({ project }: { readonly project: ProjectCard }): JSX.Element => (
  <section aria-label="Profile">
    <h2>
      Profile <code>{project.profile}</code>
    </h2>
    <p class="muted">
      What differs from the API reference is a quirk; those that are on here come first. It says that it is Kratos{' '}
      {project.version}
      {project.database === null ? '' : `, and stores as ${project.database} does`}.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Quirk</th>
          <th scope="col">Here</th>
          <th scope="col">What Kratos does</th>
          <th scope="col">Releases</th>
        </tr>
      </thead>
      <tbody>
        {project.quirks
          .toSorted((a, b) => Number(b.on) - Number(a.on))
          .map(({ name, on, summary, releases }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <span class={on ? 'badge active' : 'badge expired'}>{on ? 'on' : 'off'}</span>
              </td>
              <td class="wide">{withCode(summary)}</td>
              <td class="muted">{releases.join(', ')}</td>
            </tr>
          ))}
      </tbody>
    </table>
  </section>
)

/** The projects on this port, and the state and the profile of the one that is chosen. */
export const Projects = (): JSX.Element => {
  const { value: project } = useControl<ProjectCard>('/project')
  const { value: root } = useControl<ProjectCard>('/project', wholeRoot)
  const { value: named } = useControl<readonly Listed[]>('/projects')
  const [name, setName] = useState('')
  return (
    <>
      <div class="head">
        <h1>Projects</h1>
        <span class="buttons">
          <label>
            <span class="hidden">Name of the new project</span>
            <input
              placeholder="name, or none"
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          </label>
          <Verb
            label="New project"
            kind="primary"
            act={async () => {
              await (await mock()).project(name === '' ? undefined : name)
              setName('')
              changed()
            }}
          />
        </span>
      </div>
      {root === undefined || named === undefined ? <Loading /> : <List projects={[root, ...named]} />}
      {project === undefined ? null : (
        <>
          <States snapshots={project.snapshots} />
          <Quirks project={project} />
        </>
      )}
    </>
  )
}

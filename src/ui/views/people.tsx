import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PeoplePage } from '../../control/people.ts'
import type { ProjectCard } from '../../control/project-card.ts'
import { sleep } from '../../world/timer.ts'
import { useControl, withQuery } from '../live/data.ts'
import { api, card, mock } from '../live/mock.ts'
import { go, hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { Badge } from '../parts/state.tsx'
import { Waiting } from '../parts/loading.tsx'
import { Verb } from '../parts/verb.tsx'

/** How long typing has to rest before it is searched, in milliseconds. */
const REST = 150

/** A box whose text goes into the address once typing rests, and follows it when it leads elsewhere. */
const SearchBox = ({ wanted }: { readonly wanted: string }): JSX.Element => {
  const [text, setText] = useState(wanted)
  const typed = useRef(wanted)
  const sent = useRef(wanted)
  useEffect(() => {
    if (wanted !== sent.current) setText(wanted)
    sent.current = wanted
  }, [wanted])
  const search = async (value: string): Promise<void> => {
    setText(value)
    typed.current = value
    await sleep(REST)
    if (typed.current !== value || route.value.view !== 'people') return
    sent.current = value
    go(hashOf('people', { search: value }), true)
  }
  return (
    <label class="search">
      <span class="hidden">Search</span>
      <input
        type="search"
        placeholder="a trait, an identifier, an id, a session’s token"
        value={text}
        onInput={({ currentTarget }) => void search(currentTarget.value)}
      />
    </label>
  )
}

interface Draft {
  readonly traits: string
  readonly schema: string
}

/** @returns the id of a person with the traits that are given, or with made-up ones. */
const made = async ({ traits, schema }: Draft): Promise<string> => {
  if (traits.trim() === '') {
    const { identities } = await (await mock()).seed({ generate: { identities: 1, sessions: { min: 0, max: 0 } } })
    return identities[0]!.id
  }
  const body = { schema_id: schema === '' ? card.value.schemas[0] : schema, traits: JSON.parse(traits) as unknown }
  return ((await (await api('POST', '/admin/identities', body)).json()) as { readonly id: string }).id
}

interface TraitsProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}

const Traits = ({ draft: { traits, schema }, change }: TraitsProps): JSX.Element => {
  const { schemas, examples } = useControl<ProjectCard>('/project').value ?? { ...card.value, examples: undefined }
  const chosen = schema === '' ? (schemas[0] ?? '') : schema
  const example = examples?.[chosen]
  return (
    <div class="sheet">
      <label>
        Traits
        <textarea
          rows={4}
          spellcheck={false}
          placeholder={example === undefined ? '' : JSON.stringify(example, null, 2)}
          value={traits}
          onInput={({ currentTarget }) => change({ traits: currentTarget.value })}
        />
      </label>
      <label>
        Schema
        <select value={chosen} onChange={({ currentTarget }) => change({ schema: currentTarget.value })}>
          {schemas.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** Makes a person: with the traits that are given, or with made-up ones. */
const NewPerson = (): JSX.Element => {
  const [draft, setDraft] = useState<Draft>({ traits: '', schema: '' })
  const [isOpen, setOpen] = useState(false)
  return (
    <div class="new-person">
      <Verb label="New person" kind="primary" act={async () => go(hashOf(`people/${await made(draft)}`))} />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>with traits of your own</summary>
        {isOpen ? <Traits draft={draft} change={(part) => setDraft({ ...draft, ...part })} /> : null}
      </details>
    </div>
  )
}

const Rows = ({ page, isOld }: { readonly page: PeoplePage; readonly isOld: boolean }): JSX.Element => (
  <table aria-busy={isOld}>
    <thead>
      <tr>
        <th scope="col">Identifier</th>
        <th scope="col">State</th>
        <th scope="col" class="number">
          Sessions
        </th>
        <th scope="col">Schema</th>
        <th scope="col">Id</th>
      </tr>
    </thead>
    <tbody>
      {page.people.map(({ id, identifier, state, schema_id, sessions }) => (
        <tr key={id}>
          <th scope="row" class="wide">
            <a href={hashOf(`people/${id}`)}>
              <bdi>{identifier === '' ? 'no identifier' : identifier}</bdi>
            </a>
          </th>
          <td>
            <Badge state={state} />
          </td>
          <td class="number" data-label="Sessions">
            {sessions}
          </td>
          <td class="muted" data-label="Schema">
            {schema_id}
          </td>
          <td class="id">{id}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Identities in a line each, searched and paged by the mock. */
export const People = (): JSX.Element => {
  const { query } = useStore(route)
  const [wanted, after] = [query.get('search') ?? '', query.get('after') ?? '']
  const path = withQuery('/people', { search: wanted, page_token: after })
  const { value: page, refusal, isOld } = useControl<PeoplePage>(path)
  return (
    <>
      <div class="head">
        <h1>People</h1>
        <span class="muted">{page === undefined ? '' : `${page.total} in all`}</span>
        <SearchBox wanted={wanted} />
        <NewPerson />
      </div>
      {page === undefined || (isOld && page.people.length === 0) ? (
        <Waiting refusal={refusal} />
      ) : page.people.length === 0 ? (
        <p class="empty">
          {wanted === '' ? 'There is nobody here yet.' : 'Nobody has that in a trait, an identifier or an id.'}
        </p>
      ) : (
        <Rows page={page} isOld={isOld} />
      )}
      <p class="pager">
        {after === '' ? null : <a href={hashOf('people', { search: wanted })}>First page</a>}
        {page?.next === null || page === undefined ? null : (
          <a href={hashOf('people', { search: wanted, after: page.next })}>Next page</a>
        )}
      </p>
    </>
  )
}

import type { JSX } from 'preact'
import type { PeoplePage } from '../../control/people.ts'
import { useControl, withQuery } from '../live/data.ts'
import { Waiting } from './loading.tsx'

interface WhoseProps {
  /** What somebody is looked for by; all for `''`. */
  readonly search: string
  readonly choose: (id: string) => void
}

/** A choice of people, where a list is one person's. */
export const Whose = ({ search, choose }: WhoseProps): JSX.Element => {
  const { value: page, refusal } = useControl<PeoplePage>(withQuery('/people', { search }))
  if (page === undefined) return <Waiting refusal={refusal} />
  if (page.people.length === 0)
    return (
      <p class="empty">
        {search === '' ? 'There is nobody here yet.' : 'Nobody has that in a trait, an identifier or an id.'}
      </p>
    )
  return (
    <section class="whose" aria-label="Whose sessions">
      <h2>Whose sessions?</h2>
      <ul>
        {page.people.map(({ id, identifier, sessions }) => (
          <li key={id}>
            <button type="button" title={id} onClick={() => choose(id)}>
              <bdi>{identifier === '' ? id : identifier}</bdi>{' '}
              <span class="muted">{sessions === 1 ? '1 session' : `${sessions} sessions`}</span>
            </button>
          </li>
        ))}
      </ul>
      {page.next === null ? null : (
        <p class="muted">and more: Identity also takes a part of a trait or an identifier.</p>
      )}
    </section>
  )
}

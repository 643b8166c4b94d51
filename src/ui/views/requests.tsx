import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { RecordedRequest } from '../../journal/entry.ts'
import { useRequests } from '../live/journal.ts'
import { mock, root } from '../live/mock.ts'
import { go, hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { Loading } from '../parts/loading.tsx'
import { identityOf, RequestRow } from '../parts/request-row.tsx'
import { Verb } from '../parts/verb.tsx'

/** How many rows are drawn at first, and how many more at a time. */
const SHOWN = 100

/** What a filter looks at: each of its words has to be somewhere in it. */
const wordsOf = (entry: RecordedRequest): string => {
  const { method, path, query, operation, status, fault } = entry
  return [
    method,
    path,
    new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    ).toString(),
    operation ?? 'no operation',
    status === null ? 'in flight' : status === 0 ? 'dropped' : `${status}`,
    fault === null ? '' : `fault ${fault}`,
    identityOf(entry) ?? '',
  ]
    .join(' ')
    .toLowerCase()
}

const filtered = (all: readonly RecordedRequest[], filter: string): readonly RecordedRequest[] => {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const newest = all.toReversed()
  return words.length === 0 ? newest : newest.filter((entry) => words.every((word) => wordsOf(entry).includes(word)))
}

/** The journal as it happens, newest first. */
export const Requests = (): JSX.Element => {
  const known = useRequests()
  const all = known ?? []
  const { query } = useStore(route)
  const [count, setCount] = useState(SHOWN)
  const filter = query.get('filter') ?? ''
  const found = filtered(all, filter)
  const open = query.get('open')
  const addressOf = (seq: number): string =>
    hashOf('requests', { filter, open: String(seq) === open ? null : String(seq) })
  return (
    <>
      <div class="head">
        <h1>Requests</h1>
        <span class="muted">
          {known === undefined ? '' : filter === '' ? all.length : `${found.length} of ${all.length}`}
        </span>
        <label class="search">
          <span class="hidden">Filter</span>
          <input
            type="search"
            placeholder="words, such as 429, listSessions, a path, an id, a fault"
            value={filter}
            onInput={({ currentTarget }) => go(hashOf('requests', { filter: currentTarget.value, open }), true)}
          />
        </label>
        <Verb label="Clear" act={async () => (await mock()).requests.clear()} done="The journal is empty." />
      </div>
      {known === undefined ? (
        <Loading />
      ) : found.length === 0 ? (
        <p class="empty">
          {all.length === 0
            ? `No request has come. The API is at ${root}.`
            : 'None of the requests has all of these words.'}
        </p>
      ) : (
        <table class="requests">
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Operation</th>
              <th scope="col">Request</th>
              <th scope="col">Identity</th>
              <th scope="col">Status</th>
              <th scope="col" class="number">
                ms
              </th>
              <th scope="col">Fault</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, count).map((entry) => (
              <RequestRow
                key={entry.seq}
                entry={entry}
                isOpen={String(entry.seq) === open}
                toggle={() => go(addressOf(entry.seq), true)}
              />
            ))}
          </tbody>
        </table>
      )}
      {found.length > count ? (
        <p class="pager">
          <Verb label="More requests" kind="quiet" act={() => setCount(count + SHOWN)} />
        </p>
      ) : null}
    </>
  )
}

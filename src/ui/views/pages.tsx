import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { go, hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { firstPage, nextOf, nextPage, type Walk, type Walked } from '../live/walk.ts'
import { verdictOf } from '../live/verdict.ts'
import { root } from '../live/mock.ts'
import { Verb } from '../parts/verb.tsx'
import { PageCard } from '../parts/page-card.tsx'
import { WalkSummary } from '../parts/walk-summary.tsx'
import { Whose } from '../parts/whose.tsx'

const LISTS: readonly Walked['list'][] = ['listSessions', 'listIdentities', 'listIdentitySessions']

const USUAL = 10
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const isSame = (a: Walked, b: Walked): boolean => a.list === b.list && a.identity === b.identity && a.size === b.size

/** What the address says is walked. */
const walkedOf = (query: URLSearchParams): Walked => ({
  list: LISTS.find((one) => one === query.get('list')) ?? 'listSessions',
  identity: query.get('identity') ?? '',
  size: Math.max(1, Number.parseInt(query.get('size') ?? '', 10) || USUAL),
})

const choose = ({ list, identity, size }: Walked): void =>
  go(hashOf('pages', { list, identity, size: String(size) }), true)

const Choices = ({ of }: { readonly of: Walked }): JSX.Element => {
  const set = (part: Partial<Walked>): void => choose({ ...of, ...part })
  return (
    <span class="buttons">
      <label>
        List{' '}
        <select value={of.list} onChange={({ currentTarget }) => set({ list: currentTarget.value as Walked['list'] })}>
          {LISTS.map((list) => (
            <option key={list}>{list}</option>
          ))}
        </select>
      </label>
      <label>
        Page size{' '}
        <input
          type="number"
          min={1}
          max={1000}
          value={of.size}
          onInput={({ currentTarget }) => set({ size: currentTarget.valueAsNumber || USUAL })}
        />
      </label>
      {of.list === 'listIdentitySessions' ? (
        <label>
          Identity{' '}
          <input
            class="id"
            type="search"
            size={36}
            placeholder="an id, or whom to look for"
            value={of.identity}
            onInput={({ currentTarget: { value } }) =>
              set({ identity: UUID.test(value.trim()) ? value.trim() : value })
            }
          />
        </label>
      ) : null}
    </span>
  )
}

/** A list, walked as a client walks it, and compared with what it should give. */
export const Pages = (): JSX.Element => {
  const { query } = useStore(route)
  const of = walkedOf(query)
  const [walked, setWalk] = useState<Walk | undefined>(undefined)
  // What was walked before something else was chosen is of no use.
  const walk = walked !== undefined && isSame(walked.of, of) ? walked : undefined
  const verdict = walk === undefined ? undefined : verdictOf(walk)
  const isOfNobody = of.list === 'listIdentitySessions' && !UUID.test(of.identity)
  return (
    <>
      <div class="head">
        <h1>Pages</h1>
        <Choices of={of} />
        <span class="buttons">
          <Verb label="First" kind="primary" disabled={isOfNobody} act={async () => setWalk(await firstPage(of))} />
          <Verb
            label="Next"
            disabled={walk === undefined || nextOf(walk) === undefined}
            act={async () => walk !== undefined && setWalk(await nextPage(walk))}
          />
        </span>
      </div>
      {isOfNobody ? (
        <Whose search={of.identity} choose={(identity) => choose({ ...of, identity })} />
      ) : walk === undefined || verdict === undefined ? (
        <p class="empty">
          Walks a list of {root} as a client does, by <code>Link</code>, faults and quirks included. Rows that came
          twice or were passed over are marked.
        </p>
      ) : (
        <>
          <WalkSummary walk={walk} />
          <ol class="walk">
            {walk.pages.map((page, n) => (
              // Pages are their places in the walk.
              <PageCard key={n} number={n + 1} page={page} rows={verdict.pages[n]!} />
            ))}
          </ol>
        </>
      )}
    </>
  )
}

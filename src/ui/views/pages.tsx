import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { go, hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { firstPage, nextOf, nextPage, type Walk, type Walked } from '../live/walk.ts'
import { verdictOf } from '../live/verdict.ts'
import { root } from '../live/mock.ts'
import { Verb } from '../parts/verb.tsx'
import { PageCard } from '../parts/page-card.tsx'

const LISTS: readonly Walked['list'][] = ['listSessions', 'listIdentities', 'listIdentitySessions']

const USUAL = 10

/** What the address says is walked. */
const walkedOf = (query: URLSearchParams): Walked => ({
  list: LISTS.find((one) => one === query.get('list')) ?? 'listSessions',
  identity: query.get('identity') ?? '',
  size: Math.max(1, Number.parseInt(query.get('size') ?? '', 10) || USUAL),
})

const Summary = ({ walk }: { readonly walk: Walk }): JSX.Element => {
  const { seen, twice, passedOver } = verdictOf(walk)
  const isOver = nextOf(walk) === undefined
  const never = isOver ? walk.total - seen - passedOver : 0
  const parts = [
    `${seen} of ${walk.total} rows on ${walk.pages.length} ${walk.pages.length === 1 ? 'page' : 'pages'}`,
    ...(twice > 0 ? [`${twice} seen twice`] : []),
    ...(passedOver > 0 ? [`${passedOver} passed over`] : []),
    ...(never > 0 ? [`${never} never came`] : []),
    ...(isOver ? ['no next page'] : []),
  ]
  const isFine = twice === 0 && passedOver === 0 && never <= 0
  return (
    <p role="status" class={isFine ? 'summary' : 'summary wrong'}>
      {parts.join(' · ')}
    </p>
  )
}

const Choices = ({ of }: { readonly of: Walked }): JSX.Element => {
  const set = (part: Partial<Walked>): void => {
    const { list, identity, size } = { ...of, ...part }
    go(hashOf('pages', { list, identity, size: String(size) }), true)
  }
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
      {of.list === 'listIdentitySessions' ? (
        <label>
          Identity{' '}
          <input
            class="id"
            size={36}
            value={of.identity}
            onInput={({ currentTarget }) => set({ identity: currentTarget.value.trim() })}
          />
        </label>
      ) : null}
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
    </span>
  )
}

/** A list, walked as a client walks it, and compared with what it should give. */
export const Pages = (): JSX.Element => {
  const { query } = useStore(route)
  const of = walkedOf(query)
  const [walk, setWalk] = useState<Walk | undefined>(undefined)
  const verdict = walk === undefined ? undefined : verdictOf(walk)
  return (
    <>
      <div class="head">
        <h1>Pages</h1>
        <Choices of={of} />
        <span class="buttons">
          <Verb label="First" kind="primary" act={async () => setWalk(await firstPage(of))} />
          <Verb
            label="Next"
            disabled={walk === undefined || nextOf(walk) === undefined}
            act={async () => walk !== undefined && setWalk(await nextPage(walk))}
          />
        </span>
      </div>
      {walk === undefined || verdict === undefined ? (
        <p class="empty">
          Walks a list of {root} as a client does, by <code>Link</code>, faults and quirks included. Rows that came
          twice or were passed over are marked.
        </p>
      ) : (
        <>
          <Summary walk={walk} />
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

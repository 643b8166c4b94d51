import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type * as more from './more.ts'
import { connection } from './live/follow.ts'
import { card, mock, wholeRoot } from './live/mock.ts'
import { hashOf, route, type View } from './live/route.ts'
import { Store, useStore } from './live/store.ts'
import { Announcements } from './parts/announcement.tsx'
import { ClockBar } from './parts/clock-bar.tsx'
import { Loading } from './parts/loading.tsx'
import { People } from './views/people.tsx'

/** The views that the navigation offers, in its order. */
const TITLES: readonly (readonly [view: View, title: string])[] = [
  ['people', 'People'],
  ['requests', 'Requests'],
  ['mail', 'Mail'],
  ['faults', 'Faults'],
  ['pages', 'Pages'],
  ['projects', 'Projects'],
]

/** The other views, once they are loaded: the first is not to wait for them. */
const others: Store<typeof more | undefined> = new Store<typeof more | undefined>(undefined)

/** Loads all that the first view did without, so that it is there when the mock is away. */
export const loadOthers = async (): Promise<void> => {
  try {
    others.value = await import('./more.ts')
    await mock()
  } catch {
    connection.listen(() => {
      if (connection.value.is === 'open') location.reload()
    })
  }
}

const Here = ({ view }: { readonly view: View }): JSX.Element => {
  const loaded = useStore(others)
  if (view === 'people') return <People />
  if (loaded === undefined) return <Loading />
  const Other = loaded[view]
  return <Other />
}

const Navigation = ({ view }: { readonly view: View }): JSX.Element => (
  <nav aria-label="Views">
    <ul>
      {TITLES.map(([name, title]) => {
        const isHere = name === view || (name === 'people' && view === 'person')
        return (
          <li key={name}>
            <a href={hashOf(name)} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
              {title}
            </a>
          </li>
        )
      })}
    </ul>
  </nav>
)

const Away = (): JSX.Element => {
  const now = useStore(connection)
  return (
    <div role="status" class={now.is === 'away' ? 'away shown' : 'away'}>
      {now.is === 'away' ? (
        <>
          <strong>Disconnected.</strong> {now.reason} What is shown is how it was; the page comes back by itself.{' '}
          <a href={`${wholeRoot}/_mock/ui`}>The whole mock</a>
        </>
      ) : null}
    </div>
  )
}

/** The port of the public API alone answers no verb of the admin API. */
const Elsewhere = (): JSX.Element | null => {
  const project = useStore(card)
  if (project.url === project.publicUrl) return null
  if (new URL(project.publicUrl).port !== location.port) return null
  return (
    <p class="away shown">
      This port serves the public API alone. <a href={`${project.url}/_mock/ui`}>The page of the admin API</a> can do
      more.
    </p>
  )
}

export const App = (): JSX.Element => {
  const { view, id } = useStore(route)
  const project = useStore(card)
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const title = TITLES.find(([name]) => name === view)?.[1] ?? 'People'
  useEffect(() => {
    document.title = `${title} · ory-identities-mock`
    // Whoever follows a link by keyboard goes on from what it led to.
    if (!isFirst.current) main.current?.focus()
    isFirst.current = false
    scrollTo(0, 0)
  }, [view, id])
  return (
    <>
      <header class="top">
        <div class="bar">
          <a class="brand" href={hashOf('people')}>
            <img src="ui/icon.svg" alt="" width="20" height="20" loading="lazy" />
            <span>ory-identities-mock</span>
          </a>
          {project.name === '' ? null : <span class="project">{project.name}</span>}
          <Navigation view={view} />
          <Announcements />
          <span class="profile" title="Profile">
            {project.profile}
          </span>
        </div>
        <ClockBar />
        <Away />
        <Elsewhere />
      </header>
      <main ref={main} tabIndex={-1}>
        <Here key={view + id} view={view} />
      </main>
    </>
  )
}

import { Store } from './store.ts'

export type View = 'people' | 'person' | 'requests' | 'mail' | 'faults' | 'pages' | 'projects'

/** Where the page is: what stands behind the `#` of its address. */
export interface Route {
  readonly view: View
  /** Of the person. */
  readonly id: string
  readonly query: URLSearchParams
}

const VIEWS: readonly string[] = ['people', 'requests', 'mail', 'faults', 'pages', 'projects']
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads an address; undefined for one that leads nowhere. */
const readHash = (hash: string): Route | undefined => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [view = '', id, ...rest] = path.split('/')
  const params = new URLSearchParams(query)
  if (rest.length > 0 || !VIEWS.includes(view)) return undefined
  if (id === undefined || id === '') return { view: view as View, id: '', query: params }
  return view === 'people' && UUID.test(id.toLowerCase())
    ? { view: 'person', id: id.toLowerCase(), query: params }
    : undefined
}

/** The address of a view. */
export const hashOf = (path: string, query: Readonly<Record<string, string | null>> = {}): string => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== '') params.set(name, value)
  return `#/${path}${params.size === 0 ? '' : `?${params.toString()}`}`
}

const HOME: Route = { view: 'people', id: '', query: new URLSearchParams() }

export const route: Store<Route> = new Store<Route>(HOME)

/** Goes somewhere. @param replace without a way back. */
export const go = (hash: string, replace = false): void => {
  if (replace) {
    history.replaceState(null, '', hash)
    follow()
  } else location.hash = hash
}

const follow = (): void => {
  const found = readHash(location.hash)
  if (found === undefined) go(hashOf('people'), true)
  else route.value = found
}

/** Follows the address from now on. */
export const followAddress = (): void => {
  addEventListener('hashchange', follow)
  follow()
}

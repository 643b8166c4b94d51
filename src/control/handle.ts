import { HANDLE_HEADER } from '../journal/head.ts'
import { platformFetch } from '../model/platform-fetch.ts'

type Input = string | URL | Request

/** Where a mock or a project is; a project's token says which one is meant: another may have its name by now. */
export interface Handle {
  readonly url: string
  readonly publicUrl: string
  readonly token?: string | undefined
}

const isUnder = (root: string, url: string): boolean => url === root || url.startsWith(`${root}/`)

/** Whether an origin is one of the mock's own. */
export const isOurs = ({ url, publicUrl }: Handle, origin: string): boolean =>
  [url, publicUrl].some((root) => new URL(root).origin === origin)

/** The root of a project, behind that of its mock. */
const PROJECT = /\/_mock\/projects\/[^/]+$/

/**
 * A URL where a handle's `fetch` takes it: a path counts from its URL, and so does that of a host that is not the mock's,
 * as of a client that knows one URL of Ory. A path that names a project stays.
 */
export const homeward = (to: Handle, given: string): string => {
  const { url, publicUrl } = to
  if (!/^[a-z][a-z0-9+.-]*:/i.test(given)) return `${url}${given.startsWith('/') ? '' : '/'}${given}`
  if (isUnder(url, given) || isUnder(publicUrl, given)) return given
  const { protocol, origin, pathname, search } = new URL(given)
  if (isOurs(to, origin) || !/^https?:$/.test(protocol)) return given
  return `${pathname.startsWith('/_mock/projects/') ? url.replace(PROJECT, '') : url}${pathname}${search}`
}

/** A request of a handle. One that is for another project, or for the whole mock, does not tell its token. */
export const asHandle = (to: Handle, given: Input, init?: RequestInit): readonly [Input, RequestInit | undefined] => {
  const { url, publicUrl, token } = to
  const asked = given instanceof Request ? given.url : String(given)
  const home = homeward(to, asked)
  const input = home === asked ? given : given instanceof Request ? new Request(home, given) : home
  if (token === undefined || !(isUnder(url, home) || isUnder(publicUrl, home))) return [input, init]
  const headers = new Headers(init?.headers ?? (given instanceof Request ? given.headers : undefined))
  headers.set(HANDLE_HEADER, token)
  return [input, { ...init, headers }]
}

/** A `fetch` of the platform's to where a handle leads. */
export const fetchOverHttp =
  (to: Handle) =>
  async (input: Input, init?: RequestInit): Promise<Response> =>
    await platformFetch(...asHandle(to, input, init))

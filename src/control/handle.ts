import { HANDLE_HEADER } from '../journal/head.ts'

type Input = string | URL | Request

/** Where a mock or a project is; a project's token says which one is meant: another may have its name by now. */
export interface Handle {
  readonly url: string
  readonly publicUrl: string
  readonly token?: string | undefined
}

/** What `fetch` takes, with a path counted from a URL. */
const resolveInput = (input: Input, url: string): Input =>
  typeof input !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(input)
    ? input
    : `${url}${input.startsWith('/') ? '' : '/'}${input}`

/** A request of a handle, with a path counted from its URL. One that goes elsewhere does not tell its token. */
export const asHandle = (
  { url, publicUrl, token }: Handle,
  given: Input,
  init: RequestInit | undefined,
): readonly [Input, RequestInit | undefined] => {
  const input = resolveInput(given, url)
  const to = input instanceof Request ? input.url : String(input)
  if (token === undefined || ![url, publicUrl].some((root) => to === root || to.startsWith(`${root}/`)))
    return [input, init]
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set(HANDLE_HEADER, token)
  return [input, { ...init, headers }]
}

/** A `fetch` of the platform's to where a handle leads. */
export const fetchOverHttp =
  (to: Handle) =>
  (input: Input, init?: RequestInit): Promise<Response> =>
    fetch(...asHandle(to, input, init))

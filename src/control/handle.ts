import { HANDLE_HEADER } from '../journal/head.ts'
import type { MockProject } from '../mock-interface.ts'

type Input = string | URL | Request

/**
 * A request of a project's handle, which says which project it means: another one may have its name by now. One that
 * goes elsewhere stays as it is.
 */
export const asHandle = (
  { url, publicUrl, token }: Pick<MockProject, 'url' | 'publicUrl' | 'token'>,
  input: Input,
  init: RequestInit | undefined,
): readonly [Input, RequestInit | undefined] => {
  const to = input instanceof Request ? input.url : String(input)
  if (![url, publicUrl].some((root) => to === root || to.startsWith(`${root}/`))) return [input, init]
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  headers.set(HANDLE_HEADER, token)
  return [input, { ...init, headers }]
}

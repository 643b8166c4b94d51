import { isObject } from '../model/json.ts'

/** Whether an error, or what caused it, is about a host. */
const isAbout = (error: unknown, host: string): boolean =>
  isObject(error) && (String(error['message']).includes(host) || isAbout(error['cause'], host))

/** What says that a request went out and did not come anywhere. */
const LOST = /fetch failed|failed to fetch|network|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|AssertionError/i

/** Whether an error, or what caused it, may be of a request that missed its mock: one that was lost, or an expectation. */
const mayBeLost = (error: unknown): boolean =>
  isObject(error) &&
  ([error['name'], error['code'], error['message']].some((one) => LOST.test(String(one))) || mayBeLost(error['cause']))

/**
 * What is said to a failed test whose mock has no port and may have been missed by a request.
 * @param errors of the test.
 * @param count how many requests its mock saw.
 */
export const portless = (url: string, errors: readonly unknown[], count: number): string | undefined => {
  const { hostname } = new URL(url)
  if (!errors.some((error) => isAbout(error, hostname) || (count === 0 && mayBeLost(error)))) return undefined
  return (
    `This mock has no port, since Vitest's globalSetup names none: no client reaches ${hostname} over the network. ` +
    "Name 'ory-identities-mock/vitest/setup' in globalSetup, or give the client `ory.fetch` as its fetch."
  )
}

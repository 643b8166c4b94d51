import { isObject } from '../model/json.ts'

/** Whether an error, or what caused it, is about a host. */
const isAbout = (error: unknown, host: string): boolean =>
  isObject(error) && (String(error['message']).includes(host) || isAbout(error['cause'], host))

/**
 * What is said to a failed test whose mock has no port and was not reached.
 * @param errors of the test.
 * @param count how many requests its mock saw.
 */
export const portless = (url: string, errors: readonly unknown[], count: number): string | undefined => {
  const { hostname } = new URL(url)
  if (count > 0 && !errors.some((error) => isAbout(error, hostname))) return undefined
  return (
    `This mock has no port, since Vitest's globalSetup names none: no client reaches ${hostname} over the network. ` +
    "Name 'ory-identities-mock/vitest/setup' in globalSetup, or give the client `ory.fetch` as its fetch."
  )
}

import type { Mock } from '../../src/index.ts'

/** A list of the API as clients walk it. */
export interface Listed {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Page {
  readonly ids: readonly string[]
  readonly next: string | undefined
  readonly total: number | undefined
}

/** What a page looked like that a client should not take as it is. */
export class Suspicion extends Error {}

/** More requests than any of the walks needs. */
const MOST_REQUESTS = 40

const fetchPage = async (mock: Mock, { headers = {} }: Listed, url: string): Promise<Page> => {
  const response = await mock.fetch(new URL(url, mock.url), { headers })
  if (!response.ok) throw new Suspicion(`${response.status}`)
  const items = (await response.json()) as { readonly id: string }[]
  const total = response.headers.get('x-total-count')
  return {
    ids: items.map(({ id }) => id),
    next: /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1],
    total: total === null ? undefined : Number(total),
  }
}

/** Follows `next` until there is none or a page is empty, and believes all that it is given. */
export const walkNaively = async (mock: Mock, list: Listed): Promise<string[]> => {
  const ids: string[] = []
  let url: string | undefined = list.path
  for (let request = 0; url !== undefined; request++) {
    if (request === MOST_REQUESTS) throw new Suspicion('no end')
    const page: Page = await fetchPage(mock, list, url)
    if (page.ids.length === 0) break
    ids.push(...page.ids)
    url = page.next
  }
  return ids
}

/** Takes the header's word for how many there are. */
export const countNaively = async (mock: Mock, list: Listed): Promise<number | undefined> =>
  (await fetchPage(mock, list, list.path)).total

/** Follows `next` to its end, takes each item once, and does not go in circles. */
const walkOnce = async (mock: Mock, list: Listed): Promise<string[]> => {
  const ids = new Set<string>()
  const seen = new Set<string>()
  let url: string | undefined = list.path
  let total: number | undefined
  while (url !== undefined) {
    if (seen.has(url)) throw new Suspicion('a circle')
    seen.add(url)
    const page: Page = await fetchPage(mock, list, url)
    if (page.ids.length === 0 && page.next !== undefined) throw new Suspicion('an empty page with a next one')
    for (const id of page.ids) ids.add(id)
    total = page.total
    url = page.next
  }
  if (total !== undefined && total !== ids.size) throw new Suspicion(`${ids.size} of ${total}`)
  return [...ids].sort()
}

/** Walks until nothing is suspicious and two walks agree. */
export const walkCarefully = async (mock: Mock, list: Listed): Promise<string[]> => {
  let last: string[] | undefined
  for (let walk = 0; walk < 6; walk++) {
    const ids = await walkOnce(mock, list).catch((error: unknown) => {
      if (error instanceof Suspicion) return undefined
      throw error
    })
    if (ids !== undefined && ids.join() === last?.join()) return ids
    last = ids
  }
  throw new Suspicion('no two walks agree')
}

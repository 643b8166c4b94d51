import type { Rows } from '../../control/rows.ts'
import { fromBase64, fromBase64Url } from '../../go/base64.ts'
import { isObject } from '../../model/json.ts'
import { authorization, control, mock, root } from './mock.ts'

/** What is walked. */
export interface Walked {
  readonly list: 'listIdentitySessions' | 'listSessions' | 'listIdentities'
  /** Whose sessions. */
  readonly identity: string
  readonly size: number
}

export interface WalkedPage {
  /** Path and query as they were asked for. */
  readonly target: string
  readonly status: number
  /** Where each relation of `Link` leads to. */
  readonly links: readonly (readonly [rel: string, target: string])[]
  readonly total: string | null
  /** The fault rule that acted on it. */
  readonly fault: string | null
  readonly ids: readonly string[]
  /** What it said instead of rows. */
  readonly said: string | undefined
}

export interface Walk {
  readonly of: Walked
  readonly pages: readonly WalkedPage[]
  /** The ids of the list in its order, at least as far as the pages go. */
  readonly truth: readonly string[]
  /** How many rows there are. */
  readonly total: number
}

const PATHS: Readonly<Record<Walked['list'], (identity: string) => string>> = {
  listIdentities: () => '/admin/identities',
  listSessions: () => '/admin/sessions',
  listIdentitySessions: (identity) => `/admin/identities/${encodeURIComponent(identity)}/sessions`,
}

const linksOf = (header: string | null): WalkedPage['links'] =>
  [...(header ?? '').matchAll(/<([^>]*)>\s*;\s*rel="([^"]*)"/g)].map(([, target = '', rel = '']) => [rel, target])

/** What a page token says, where it says something. */
export const tokenText = (target: string): string | undefined => {
  const token = new URL(target, root).searchParams.get('page_token')
  if (token === null || token === '') return undefined
  const text = /^[0-9a-f-]{36}$/i.test(token) ? undefined : (fromBase64Url(token) ?? fromBase64(token))
  return text !== undefined && /^[\x20-\x7e]+$/.test(text) ? text : token
}

const idsOf = (body: unknown): readonly string[] | undefined => {
  if (!Array.isArray(body)) return undefined
  return body.map((row: unknown) => (isObject(row) ? String(row['id']) : JSON.stringify(row)))
}

const ask = async (target: string): Promise<WalkedPage> => {
  const failed = { target, status: 0, links: [], total: null, fault: null, ids: [] }
  try {
    const response = await (await mock()).fetch(target, { headers: authorization(), cache: 'no-store' })
    const text = await response.text()
    const links = linksOf(response.headers.get('link'))
    const { status, headers } = response
    const [total, fault] = [headers.get('x-total-count'), headers.get('ory-mock-fault')]
    const found = { target, status, links, total, fault }
    try {
      const ids = idsOf(JSON.parse(text))
      return { ...found, ids: ids ?? [], said: ids === undefined ? text.slice(0, 2000) : undefined }
    } catch {
      return { ...found, ids: [], said: text === '' ? 'The body is empty.' : text.slice(0, 2000) }
    }
  } catch {
    return { ...failed, said: 'The connection ended before the answer did.' }
  }
}

/** How many rows of the list itself are read at once, and how far beyond what came. */
const WINDOW = 1000
const FURTHEST = 10_000

/** Reads the list itself until it has all rows of the pages, or goes on for so long that one cannot be of it. */
const withTruth = async (walk: Walk): Promise<Walk> => {
  const missing = new Set(walk.pages.flatMap(({ ids }) => ids))
  for (const id of walk.truth) missing.delete(id)
  let { truth, total } = walk
  const most = truth.length + FURTHEST
  while (missing.size > 0 || truth.length === 0) {
    const { list, identity } = walk.of
    const params = new URLSearchParams({ list, identity, from: String(truth.length), count: String(WINDOW) })
    const found = await control<Rows>(`/rows?${params.toString()}`)
    truth = [...truth, ...found.ids]
    total = found.total
    for (const id of found.ids) missing.delete(id)
    if (truth.length >= Math.min(total, most)) break
  }
  return { ...walk, truth, total }
}

/** The first page of a list. */
export const firstPage = async (of: Walked): Promise<Walk> => {
  const page = await ask(`${PATHS[of.list](of.identity)}?page_size=${of.size}`)
  return withTruth({ of, pages: [page], truth: [], total: 0 })
}

/** Where the last page says that it goes on. */
export const nextOf = ({ pages }: Walk): string | undefined => pages.at(-1)?.links.find(([rel]) => rel === 'next')?.[1]

/** The page that the last one leads to. */
export const nextPage = async (walk: Walk): Promise<Walk> => {
  const next = nextOf(walk)
  return next === undefined ? walk : withTruth({ ...walk, pages: [...walk.pages, await ask(next)] })
}

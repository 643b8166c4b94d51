import { parseInt64, wrap64 } from '../../go/number.ts'
import type { Query } from '../../go/query.ts'
import { NIL_UUID } from '../../go/uuid.ts'
import { DroppedConnection, KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { List } from '../../model/list.ts'
import { ALWAYS } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import type { Exchange, Route } from '../exchange.ts'
import { keysetLinks, numberLinks } from '../paging/links.ts'
import { listHeaders } from '../json.ts'
import type { OffsetPage } from '../paging/offset.ts'
import { DEFAULT_KEYSET_SIZE, uuidKeyset } from '../paging/uuid-keyset.ts'
import { adminIdentityJson } from './admin-identity.ts'
import { identityQuery, type IdentityFilter } from './identity-filter.ts'
import { checkPrinted, checkRead, type HeadersSoFar } from './read-identity.ts'

const MOST = 500
const mostOfLegacy = (world: World): bigint => (world.profile.has.identityPagesUnbounded ? 1000n : BigInt(MOST))
const mostOfKeyset = (world: World): number =>
  world.profile.has.identityPagesUnbounded ? Number.MAX_SAFE_INTEGER : MOST
/** Legacy pages reach no further than this row. */
const MAX_LEGACY = 1000n

const integer = (world: World, query: Query, name: string): bigint | undefined => {
  const value = parseInt64(query.get(name))
  if (value === undefined && query.has(name) && !world.profile.has.paginationIgnoresGarbage) {
    throw new KratosError(400, {
      reason: `The value \`${query.get(name)}\` of parameter \`${name}\` is not an integer.`,
    })
  }
  return value
}

const legacyPage = (world: World, query: Query): OffsetPage => {
  const page = integer(world, query, 'page') ?? 0n
  const asked = integer(world, query, 'per_page') ?? BigInt(DEFAULT_KEYSET_SIZE)
  const size = asked < 1n ? 1n : asked > mostOfLegacy(world) ? mostOfLegacy(world) : asked
  // A Kratos multiplies in int64.
  const offset = world.database === undefined ? page * size : wrap64(page * size)
  if (offset > MAX_LEGACY) {
    throw new KratosError(400, {
      reason:
        'Legacy pagination is not supported for enumerating over 1000 items. Please switch to using page_token and page_size.',
    })
  }
  return { page: page < 0n ? 0n : page, size }
}

/** The row at which a page by number starts. @param line of the statement's end. */
const startOf = (world: World, { page, size }: OffsetPage, line: number): number => {
  const offset = world.database === undefined ? page * size : wrap64(page * size)
  if (offset < 0n) world.database?.negativeOffset(offset, line)
  return offset < 0n ? 0 : Number(offset)
}

/** Kratos' statement without a filter, and how much longer one makes it. */
const STATEMENT_LINES = 7

/** Some of the identities, and how a page of them leads on. */
type Found = Pick<List, 'links' | 'total'> & {
  readonly identities: readonly Identity[]
  readonly byCredential: boolean
}

/** The rows that a filter takes. */
const rowsOf = (
  { store }: World,
  { rows }: Pick<IdentityFilter, 'rows'>,
): ((from: number, to: number) => readonly Identity[]) =>
  rows === undefined ? (from, to) => store.tables.identities.slice(from, to) : (from, to) => rows.slice(from, to)

const byNumber = (exchange: Exchange, find: () => IdentityFilter): Found => {
  const { world, query } = exchange
  const page = legacyPage(world, query)
  const filter = find()
  const from = startOf(world, page, STATEMENT_LINES + filter.lines)
  const identities = rowsOf(world, filter)(from, from + Number(page.size))
  checkRead(world, identities, true)
  // By an identifier, Kratos counts what the page holds.
  const total = filter.isExact ? identities.length : world.store.tables.identities.size
  return { identities, total, links: numberLinks(exchange, page, total), byCredential: filter.byCredential }
}

/** @param parameter which names the size. */
const byKeyset = (exchange: Exchange, find: () => IdentityFilter, parameter: 'page_size' | 'per_page'): Found => {
  const { world, query } = exchange
  const { after: canonical, spelled, size: asked } = uuidKeyset(query, query.get(parameter), mostOfKeyset(world))
  if (asked < 0 && world.profile.has.negativePageSizeDrops) throw new DroppedConnection('close')
  const { rows, byCredential } = find()
  const after = world.database?.idKey(spelled, canonical) ?? canonical
  const size = asked < 0 ? DEFAULT_KEYSET_SIZE : asked
  const { identities: all } = world.store.tables
  const there = rows === undefined ? all.get({ id: after }) !== undefined : rows.some(({ id }) => id === after)
  const rank = rows === undefined ? all.rank({ id: after }) : rows.filter(({ id }) => id < after).length
  const from = rank + (there ? 1 : 0)
  const found = rowsOf(world, { rows })(from, from + size + 1)
  checkRead(world, found, true)
  const identities = found.slice(0, size)
  const next = found.length > size ? identities.at(-1)!.id : undefined
  const without = parameter === 'per_page' ? [parameter] : []
  const links = keysetLinks(exchange, size, { first: NIL_UUID, next }, without)
  return { identities, total: undefined, links, byCredential }
}

/** `GET /admin/identities` (identity/handler.go:184-308, x/pagination.go:34-65): what is asked for, then the page, then the rows. */
export const listIdentities: Route = (exchange) => {
  const { world, query } = exchange
  const { included, find } = identityQuery(world, query)
  const isKeyset = query.has('page_token') || query.has('page_size')
  const { identities, links, total, byCredential } =
    !isKeyset && query.has('page')
      ? byNumber(exchange, find)
      : byKeyset(exchange, find, isKeyset ? 'page_size' : 'per_page')
  const types = byCredential || included.length > 0 ? included : undefined
  const headers: HeadersSoFar = () => listHeaders(exchange, { links, total })
  for (const identity of identities) checkPrinted(world, identity, headers)
  const items = identities.map((identity) => adminIdentityJson(world, identity, types))
  return { items, links, total, fresh: ALWAYS }
}

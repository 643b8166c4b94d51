import { DroppedConnection, KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Query } from '../../go/query.ts'
import type { World } from '../../world/world.ts'
import { parseInt64, wrap64 } from '../../go/number.ts'
import type { OffsetPage } from '../paging/offset.ts'
import { DEFAULT_KEYSET_SIZE, uuidKeyset } from '../paging/uuid-keyset.ts'
import { parseIncluded } from './credential-types.ts'
import { checkRead } from './readable.ts'
import { identityFilter } from './identity-filter.ts'

const MOST = 500
const mostOfLegacy = (world: World): bigint => (world.profile.has.identityPagesUnbounded ? 1000n : BigInt(MOST))
const mostOfKeyset = (world: World): number =>
  world.profile.has.identityPagesUnbounded ? Number.MAX_SAFE_INTEGER : MOST
/** Legacy pages reach no further than this row. */
const MAX_LEGACY = 1000n

/** How a list of identities was paged: by the row before, or by number. */
export type IdentityPaging =
  | {
      readonly by: 'keyset'
      readonly size: number
      readonly next: string | undefined
      /** Whether `per_page` stood in for `page_size`. */
      readonly byPerPage: boolean
    }
  | { readonly by: 'page'; readonly page: OffsetPage; readonly total: number }

export interface IdentitiesFound {
  readonly identities: readonly Identity[]
  readonly paging: IdentityPaging
  /** The credentials whose configuration is shown; undefined shows no credentials at all. */
  readonly included: readonly string[] | undefined
}

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

/** `GET /admin/identities` (identity/handler.go:184-308, x/pagination.go:34-65). */
export const listIdentities = (world: World, query: Query): IdentitiesFound => {
  const filter = identityFilter(world, query)
  const types = parseIncluded(world.profile, query.all('include_credential'), (bad, before) =>
    world.profile.has.includedNotNamed ? `[${before.join(' ')}]` : bad,
  )
  const included = filter.byCredential || types.length > 0 ? types : undefined
  const { identities: all } = world.store.tables
  const slice = (from: number, to: number): readonly Identity[] => filter.rows?.slice(from, to) ?? all.slice(from, to)
  const isKeyset = query.has('page_token') || query.has('page_size')
  if (!isKeyset && query.has('page')) {
    const page = legacyPage(world, query)
    const from = startOf(world, page, STATEMENT_LINES + filter.lines)
    checkRead(world, slice(from, from + Number(page.size)), true)
    const total = filter.isExact ? filter.rows!.length : all.size
    return { identities: slice(from, from + Number(page.size)), paging: { by: 'page', page, total }, included }
  }
  const {
    after: canonical,
    spelled,
    size: asked,
  } = uuidKeyset(query, query.get(isKeyset ? 'page_size' : 'per_page'), mostOfKeyset(world))
  if (asked < 0 && world.profile.has.negativePageSizeDrops) throw new DroppedConnection('close')
  const after = world.database?.identityKey(spelled, canonical) ?? canonical
  const size = asked < 0 ? DEFAULT_KEYSET_SIZE : asked
  const there =
    filter.rows === undefined ? all.get({ id: after }) !== undefined : filter.rows.some(({ id }) => id === after)
  const rank = filter.rows === undefined ? all.rank({ id: after }) : filter.rows.filter(({ id }) => id < after).length
  const found = slice(rank + (there ? 1 : 0), rank + (there ? 1 : 0) + size + 1)
  checkRead(world, found, true)
  const identities = found.slice(0, size)
  return {
    identities,
    paging: {
      by: 'keyset',
      size,
      next: found.length > size ? identities.at(-1)!.id : undefined,
      byPerPage: !isKeyset,
    },
    included,
  }
}

import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Query } from '../../go/query.ts'
import { NIL_UUID, parseUuid } from '../../go/uuid.ts'
import { claim, holderOf, holdersOf } from '../../store/claims.ts'
import type { Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { normalIdentifier, parseIncluded } from './credential-types.ts'

const MOST_IDS = 500

const uuidOf = (value: string, parameter: string): string => {
  const id = parseUuid(value)
  if (typeof id === 'string') return id
  throw new KratosError(400, { reason: `Invalid UUID value \`${textOf(value)}\` for parameter \`${parameter}\`.` })
}

/** Which identities a request names, or undefined for all of them. */
export interface IdentityFilter {
  readonly rows: readonly Identity[] | undefined
  /** Whether it names them by a credential's identifier, which shows the credentials too. */
  readonly byCredential: boolean
  /** Whether the legacy pages count these alone. */
  readonly isExact: boolean
  /** How many lines it adds to Kratos' statement. */
  readonly lines: number
}

/** A prefix as it is written before the `%` of LIKE. */
const escapedLike = (prefix: Bytes): Bytes => prefix.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const byIds = (tables: Tables, ids: Iterable<string>): readonly Identity[] =>
  [...new Set(ids)].toSorted().flatMap((id) => tables.identities.get({ id }) ?? [])

/** The types whose identifiers are looked through (persister_identity.go ListIdentities). */
const SEARCHED = ['password', 'webauthn', 'code', 'oidc', 'saml'] as const

const withIdentifier = ({ store, profile }: World, identifier: string): string[] =>
  SEARCHED.flatMap((type) => {
    const wanted = claim.identifier(type, normalIdentifier(type, identifier, profile))
    return holderOf(store.tables.claims, wanted) ?? []
  })

/** The wildcard behind a prefix keeps space at its end, and is all that is left where nothing else is stored. */
const withPrefix = ({ store, profile, database }: World, prefix: string): string[] =>
  SEARCHED.flatMap((type) => {
    const { claims } = store.tables
    const pattern = normalIdentifier(type, `${prefix}%`, profile)
    const wanted = claim.identifier(type, pattern.replace(/%$/, ''))
    if (!pattern.endsWith('%')) return holderOf(claims, wanted) ?? []
    return database === undefined
      ? holdersOf(claims, wanted)
      : holdersOf(claims, claim.identifier(type, ''), (value) => database.likes(value, wanted.value))
  })

/** What a list of identities was asked for. */
export interface IdentityQuery {
  /** The types of credentials whose configuration is shown. */
  readonly included: readonly string[]
  /** Looks the rows up. @throws Refusal for an identifier that the database takes for no text. */
  readonly find: () => IdentityFilter
}

const includedTypes = ({ profile }: World, query: Query): readonly string[] =>
  parseIncluded(profile, query.all('include_credential'), (bad, before) =>
    profile.has.includedNotNamed ? `[${before.join(' ')}]` : bad,
  )

/**
 * Reads what `GET /admin/identities` is asked for, but its page, in Kratos' order (identity/handler.go:184-308): 1.3
 * begins with the credentials, later ones end with how many filters there are. @throws KratosError 400.
 */
export const identityQuery = (world: World, query: Query): IdentityQuery => {
  const { has, knows } = world.profile
  const isOld = !knows('v25.4.0')
  const includedFirst = isOld ? includedTypes(world, query) : undefined
  const ids = query.all('ids').map((value) => uuidOf(value, 'ids'))
  if (ids.length > MOST_IDS && !has.idsUnbounded)
    throw new KratosError(400, { reason: 'The number of ids to filter must not exceed 500.' })
  // Kratos 1.3 does not read it.
  const asked = isOld ? '' : query.get('organization_id')
  const organization = asked === '' ? '' : uuidOf(asked, 'organization_id')
  const included = includedFirst ?? includedTypes(world, query)
  const identifier = query.get('credentials_identifier')
  const prefix = query.get('preview_credentials_identifier_similar')
  const filters = [ids.length > 0, organization !== '', identifier !== '', prefix !== ''].filter(Boolean).length
  if (has.identifierFiltersClash && identifier !== '' && prefix !== '') {
    throw new KratosError(400, {
      reason: 'Cannot pass both credentials_identifier and preview_credentials_identifier_similar.',
    })
  }
  if (filters > 1 && !has.identifierFiltersClash)
    throw new KratosError(400, { reason: 'You cannot combine multiple filters in this API' })
  return { included, find: () => found(world, { ids, organization, identifier, prefix }) }
}

interface Sought {
  readonly ids: readonly string[]
  readonly organization: string
  readonly identifier: Bytes
  readonly prefix: Bytes
}

const found = (world: World, { ids, organization, identifier, prefix }: Sought): IdentityFilter => {
  const { tables } = world.store
  if (identifier !== '') world.database?.compared(identifier, true)
  else if (prefix !== '') world.database?.compared(`${escapedLike(prefix)}%`, true)
  const byCredential = identifier !== '' || prefix !== ''
  const byId = ids.length > 0
  const asked = new Set(ids)
  const filter = (rows: readonly Identity[]): IdentityFilter => ({
    // Only 1.3 takes both.
    rows: byCredential && byId ? rows.filter(({ id }) => asked.has(id)) : rows,
    byCredential,
    isExact: identifier !== '',
    lines: (byCredential ? 7 : 0) + (byId || !byCredential ? 2 : 0),
  })
  if (identifier !== '') return filter(byIds(tables, withIdentifier(world, textOf(identifier))))
  if (prefix !== '') return filter(byIds(tables, withPrefix(world, textOf(prefix))))
  if (byId) return filter(byIds(tables, ids))
  if (organization === '' || organization === NIL_UUID)
    return { rows: undefined, byCredential, isExact: false, lines: 0 }
  return filter(
    tables.identities.slice(0, tables.identities.size).filter((one) => one.organization_id === organization),
  )
}

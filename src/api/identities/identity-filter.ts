import { textOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import type { Query } from '../../go/query.ts'
import { parseUuid } from '../../go/uuid.ts'
import { claim, holderOf, holdersOf } from '../../store/claims.ts'
import type { Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'
import { credentialTypes, normalIdentifier } from './credential-types.ts'

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
}

const byIds = (tables: Tables, ids: Iterable<string>): readonly Identity[] =>
  [...new Set(ids)].toSorted().flatMap((id) => tables.identities.get({ id }) ?? [])

const withIdentifier = (tables: Tables, identifier: string): string[] =>
  credentialTypes.flatMap(
    (type) => holderOf(tables.claims, claim.identifier(type, normalIdentifier(type, identifier))) ?? [],
  )

const withPrefix = (tables: Tables, prefix: string): string[] =>
  credentialTypes.flatMap((type) => holdersOf(tables.claims, claim.identifier(type, normalIdentifier(type, prefix))))

/** Reads the filters of `GET /admin/identities` in Kratos' order (identity/handler.go:184-308). @throws KratosError 400. */
export const identityFilter = (world: World, query: Query): IdentityFilter => {
  const { tables } = world.store
  const isOld = world.profile.has.identifierFiltersClash
  const ids = query.all('ids').map((value) => uuidOf(value, 'ids'))
  if (ids.length > MOST_IDS && !isOld)
    throw new KratosError(400, { reason: 'The number of ids to filter must not exceed 500.' })
  const asked = isOld ? '' : query.get('organization_id')
  const organization = asked === '' ? '' : uuidOf(asked, 'organization_id')
  const identifier = textOf(query.get('credentials_identifier'))
  const prefix = textOf(query.get('preview_credentials_identifier_similar'))
  const filters = [ids.length > 0, organization !== '', identifier !== '', prefix !== ''].filter(Boolean).length
  if (isOld && identifier !== '' && prefix !== '') {
    throw new KratosError(400, {
      reason: 'Cannot pass both credentials_identifier and preview_credentials_identifier_similar.',
    })
  }
  if (filters > 1 && !isOld) throw new KratosError(400, { reason: 'You cannot combine multiple filters in this API' })
  const byCredential = identifier !== '' || prefix !== ''
  const filter = (rows: readonly Identity[]): IdentityFilter => ({ rows, byCredential, isExact: identifier !== '' })
  if (identifier !== '') return filter(byIds(tables, withIdentifier(tables, identifier)))
  if (prefix !== '') return filter(byIds(tables, withPrefix(tables, prefix)))
  if (ids.length > 0) return filter(byIds(tables, ids))
  if (organization === '') return { rows: undefined, byCredential, isExact: false }
  return filter(
    tables.identities.slice(0, tables.identities.size).filter((one) => one.organization_id === organization),
  )
}

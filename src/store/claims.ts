import type { Identity } from '../model/identity.ts'
import type { Tree } from './tree.ts'

/**
 * What only one identity may hold: a credential's identifier by its type, an address by its channel, an external id
 * (the unique indexes of Kratos' SQL migrations).
 */
export interface Claim {
  /** Such as `identifier password`; the table comes first. */
  readonly kind: string
  readonly value: string
}

/** Another identity holds what only one may hold; rules turn it into Kratos' 409. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
  readonly claim: Claim

  constructor(claim: Claim) {
    super(`${claim.kind} ${claim.value} is taken`)
    this.claim = claim
  }
}

/** All claims of one identity on one value: an e-mail address is claimed four times over. */
export interface Holding {
  readonly value: string
  readonly identity_id: string
  readonly kinds: readonly string[]
}

/** By value, then by identity. */
export type Holdings = Tree<Holding, Omit<Holding, 'kinds'>>

export const claim = {
  identifier: (type: string, value: string): Claim => ({ kind: `identifier ${type}`, value }),
  verifiable: (via: string, value: string): Claim => ({ kind: `verifiable ${via}`, value }),
  recovery: (via: string, value: string): Claim => ({ kind: `recovery ${via}`, value }),
  external: (value: string): Claim => ({ kind: 'external', value }),
}

/** @param collate gives a text by which external ids and addresses are compared. */
export const claimsOf = (identity: Identity, collate: (text: string) => string): Claim[] => {
  const claims: Claim[] = []
  for (const { type, identifiers } of identity.credentials)
    for (const one of identifiers) claims.push(claim.identifier(type, one))
  for (const { via, value } of identity.verifiable_addresses) claims.push(claim.verifiable(via, collate(value)))
  for (const { via, value } of identity.recovery_addresses) claims.push(claim.recovery(via, collate(value)))
  if (identity.external_id !== null) claims.push(claim.external(collate(identity.external_id)))
  return claims
}

/** Claims as the rows that hold them. Equal lists of kinds become one, which `shared` keeps by their names. */
export const holdingsOf = (
  claims: readonly Claim[],
  identity_id: string,
  shared: Map<string, readonly string[]>,
): Holding[] => {
  const found = new Map<string, string[]>()
  let last: Claim | undefined
  let kinds: string[] = []
  for (const one of claims) {
    // Most claims of an identity are on one value.
    if (one.value !== last?.value) {
      kinds = found.get(one.value) ?? []
      found.set(one.value, kinds)
    }
    kinds.push(one.kind)
    last = one
  }
  return Array.from(found, ([value, listed]) => {
    const names = listed.join('\n')
    const kept = shared.get(names) ?? listed
    if (kept === listed) shared.set(names, listed)
    return { value, identity_id, kinds: kept }
  })
}

/** The ranks `[from, to)` of the values from `first` to `last`. */
const ranks = (claims: Holdings, first: string, last: string): readonly [from: number, to: number] => [
  claims.rank({ value: first, identity_id: '' }),
  claims.rank({ value: last, identity_id: '\uffff' }),
]

/** Whether anybody claims a value, of whatever kind. */
export const isHeld = (claims: Holdings, value: string): boolean =>
  claims.atLeast({ value, identity_id: '' })?.value === value

/** The id of the identity that holds something. */
export const holderOf = (claims: Holdings, { kind, value }: Claim): string | undefined =>
  claims.slice(...ranks(claims, value, value)).find(({ kinds }) => kinds.includes(kind))?.identity_id

/** The identity that holds something. */
export const identityHolding = (
  { claims, identities }: { readonly claims: Holdings; readonly identities: Tree<Identity, Pick<Identity, 'id'>> },
  held: Claim,
): Identity | undefined => {
  const id = holderOf(claims, held)
  return id === undefined ? undefined : identities.get({ id })
}

/** The ids of the identities that hold something whose value starts as that of a claim does, in their order. */
export const holdersOf = (
  claims: Holdings,
  { kind, value }: Claim,
  takes: (value: string) => boolean = () => true,
): string[] =>
  claims
    .slice(...ranks(claims, value, `${value}\uffff`))
    .filter((one) => one.kinds.includes(kind) && takes(one.value))
    .map(({ identity_id }) => identity_id)

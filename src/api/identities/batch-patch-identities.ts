import { DroppedConnection, KratosError, Panic } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import { claimsOf, Conflict, holderOf } from '../../store/claims.ts'
import type { Store } from '../../store/store.ts'
import { Refusal } from '../../databases/refusal.ts'
import { Refusals } from '../../databases/refusals.ts'
import type { World } from '../../world/world.ts'
import { bodyOf, causeParts, readBody, TOO_LARGE } from '../body.ts'
import { errorJson } from '../errors.ts'
import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import { bodiesOf, type BatchBody, type CreateBody } from './bodies.ts'
import { identityOfBody } from './identity-of-body.ts'
import type { IdentityWork } from './identity-work.ts'
import { newIdentityRow, taken } from './store-identity.ts'
import { checkTraits, recheckTraits } from './validate-identity.ts'

/** What became of one item: an id, or why there is none; nothing for an item that asks for nothing. */
type BatchResult = { readonly patchId: string | null; readonly outcome: string | KratosError } | undefined

const NIL_POINTER = 'runtime error: invalid memory address or nil pointer dereference'

const MOST = 1000
const MOST_PLAIN = 200
const MOST_OLD = 2000

/** The 400 for a batch that cannot be read at all; Kratos' body says 500. */
const unreadableBatch = (world: World, cause: string): KratosError =>
  world.profile.has.batchErrorsSay500
    ? new KratosError(500, { http: 400, message: cause })
    : new KratosError(400, causeParts(world, cause))

const tooMany = (what: string, most: number): KratosError =>
  new KratosError(400, { reason: `The maximum number of identities ${what} is ${most}.` })

const isPlain = ({ credentials }: CreateBody): boolean => (credentials?.password?.config.password ?? '') !== ''

interface Item {
  readonly patchId: string | null
  readonly work: IdentityWork
}

/** The identities to make, in their places. Any that is wrong by itself fails the whole call. */
const itemsOf = (world: World, { identities }: BatchBody): (Item | undefined)[] =>
  (identities ?? []).map((patch, n) => {
    const { has, knows } = world.profile
    if (patch === null && has.nullPatchDrops)
      throw knows('next') ? new Panic(NIL_POINTER) : new DroppedConnection('close')
    if (patch === null) throw new KratosError(400, { reason: `identities[${n}] is null.` })
    return patch.create === null ? undefined : { patchId: patch.patch_id, work: identityOfBody(world, patch.create) }
  })

/** @param doubtful takes those that have to be checked again. */
const invalid = (world: World, work: IdentityWork, doubtful: IdentityWork[]): KratosError | undefined => {
  try {
    if (checkTraits(world, work)) doubtful.push(work)
    return undefined
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    return world.profile.has.batchErrorsUnspecific ? new KratosError(400, { reason: error.message }) : error
  }
}

interface BatchConflicts {
  readonly failed: ReadonlySet<Identity>
  /** Whether none of them was made before it did, so that there is nothing to delete. */
  readonly deletesNothing: boolean
  /** Whether the batch fails with it: only what comes of more than one row is inserted in part. */
  readonly isWhole: boolean
}

/** After the identities themselves, one table after the other. */
const LATER: readonly string[] = ['verifiable', 'recovery', 'identifier']

/**
 * Which rows of a batch conflict, with the store or with one another, as Kratos' inserts find out: each table
 * takes what it can of all rows before the next one does, so a row that fails at one table still holds what it
 * got at an earlier one (persister_identity.go CreateIdentities).
 */
const batchConflicts = (store: Store, rows: readonly Identity[]): BatchConflicts => {
  const { claims } = store.tables
  const held = new Set<string>()
  const insert = (table: string, row: Identity): boolean =>
    claimsOf(row, store.layout.collate)
      .filter(({ kind }) => kind.split(' ')[0] === table)
      .map((one) => {
        const key = [one.kind, one.value].join('\0')
        const isFree = !held.has(key) && holderOf(claims, one) === undefined
        held.add(key)
        return isFree
      })
      .every(Boolean)
  const unmade = new Set(rows.filter((row) => !insert('external', row)))
  const created = rows.filter((row) => !unmade.has(row))
  const failed = new Set(unmade)
  for (const table of LATER) for (const row of created) if (!insert(table, row)) failed.add(row)
  const laterFail = failed.size > unmade.size
  return { failed, deletesNothing: failed.size > 0 && !laterFail, isWhole: laterFail && created.length === 1 }
}

/** The rows of valid identities by their item; those that cannot be stored have none. */
const rowsOf = (world: World, works: readonly IdentityWork[]): ReadonlyMap<IdentityWork, Identity> => {
  const rows = new Map<IdentityWork, Identity>()
  const refused = new Refusals()
  for (const work of works) {
    try {
      const row = newIdentityRow(world, work)
      refused.taken(row)
      rows.set(work, row)
    } catch (error) {
      if (error instanceof Refusal) refused.add(error)
      else if (!(error instanceof Conflict)) throw error
    }
  }
  if (refused.first !== undefined) throw refused.first
  const { failed, deletesNothing, isWhole } = batchConflicts(world.store, [...rows.values()])
  if (isWhole && world.database !== undefined) throw taken()
  const emptyList = world.database?.emptyListError
  if (deletesNothing && emptyList !== undefined && works.length > 1) throw new KratosError(500, { message: emptyList })
  for (const [work, row] of rows) if (failed.has(row)) rows.delete(work)
  return rows
}

/** `identityPatchResponse` of the reference. */
const resultJson = ({ profile }: World, result: BatchResult): string => {
  if (result === undefined) return profile.has.nullForAbsent ? 'null' : '{}'
  const { patchId, outcome } = result
  const patch = patchId === null ? '' : `,"patch_id":"${patchId}"`
  if (typeof outcome === 'string') return `{"action":"create","identity":"${outcome}"${patch}}`
  return `{"action":"error"${patch},"error":${errorJson(outcome)}}`
}

/** `PATCH /admin/identities` (identity/handler.go:785-859): what is valid and free is made, the rest says why not. */
export const batchPatchIdentities: Route = async (exchange) => {
  const { world } = exchange
  const bytes = await bodyOf(exchange, () => unreadableBatch(world, TOO_LARGE))
  const isOld = world.profile.has.batchTakes2000
  const body = readBody(world, bodiesOf(world.profile).batch, bytes, {
    strict: true,
    refuse: (cause) => unreadableBatch(world, cause),
  })
  const patches = body.identities ?? []
  if (isOld && patches.length > MOST_OLD) throw tooMany('that can be created or deleted at once', MOST_OLD)
  if (!isOld && patches.length > MOST) throw tooMany('per request that can be created or deleted at once', MOST)
  const items = itemsOf(world, body)
  if (!isOld && patches.filter((patch) => patch?.create && isPlain(patch.create)).length > MOST_PLAIN) {
    throw tooMany('per request that can be created with a plaintext password', MOST_PLAIN)
  }
  const doubtful: IdentityWork[] = []
  const problems = new Map(
    items.flatMap((item) => (item === undefined ? [] : [[item.work, invalid(world, item.work, doubtful)] as const])),
  )
  for (const work of doubtful) recheckTraits(world, work)
  const valid = [...problems].flatMap(([work, problem]) => (problem === undefined ? [work] : []))
  const rows = rowsOf(world, valid)
  const isWhole = valid.length === 1 || world.database?.hasWholeBatches === true
  if (isWhole && rows.size < valid.length) throw taken()
  if (rows.size === valid.length || !world.profile.has.partialBatchRollsBack) {
    world.store.write((draft) => {
      for (const row of rows.values()) draft.putIdentity(row)
    })
  }
  const results = items.map(
    (item) => item && { patchId: item.patchId, outcome: problems.get(item.work) ?? rows.get(item.work)?.id ?? taken() },
  )
  return jsonAnswer(`{"identities":[${results.map((one) => resultJson(world, one)).join(',')}]}`)
}

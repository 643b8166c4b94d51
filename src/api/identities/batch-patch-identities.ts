import { DroppedConnection, KratosError } from '../../model/errors.ts'
import type { Identity } from '../../model/identity.ts'
import { Conflict } from '../../store/store.ts'
import { Refusal } from '../../databases/refusal.ts'
import { Refusals } from '../../databases/refusals.ts'
import type { World } from '../../world/world.ts'
import { batchConflicts } from './batch-conflicts.ts'
import { bodiesOf, type BatchBody, type CreateBody } from './bodies.ts'
import { identityOfBody } from './create-identity.ts'
import type { IdentityWork } from './identity-work.ts'
import { causeParts, readBody } from './read-body.ts'
import { newIdentityRow, taken } from './store-identity.ts'
import { validateIdentity } from './validate-identity.ts'

/** What became of one item: an id, or why there is none; nothing for an item that asks for nothing. */
export type BatchResult = { readonly patchId: string | null; readonly outcome: string | KratosError } | undefined

const MOST = 1000
const MOST_PLAIN = 200
const MOST_OLD = 2000

/** The 400 for a batch that cannot be read at all; Kratos' body says 500. */
export const unreadableBatch = (world: World, cause: string): KratosError =>
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
    if (patch === null && world.profile.has.nullPatchDrops) throw new DroppedConnection('close')
    if (patch === null) throw new KratosError(400, { reason: `identities[${n}] is null.` })
    return patch.create === null ? undefined : { patchId: patch.patch_id, work: identityOfBody(world, patch.create) }
  })

const invalid = (world: World, work: IdentityWork): KratosError | undefined => {
  try {
    validateIdentity(world, work)
    return undefined
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    return world.profile.has.batchErrorsUnspecific ? new KratosError(400, { reason: error.message }) : error
  }
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
  const { failed, deletesNothing } = batchConflicts(world.store, [...rows.values()])
  const emptyList = world.database?.emptyListError
  if (deletesNothing && emptyList !== undefined && works.length > 1) throw new KratosError(500, { message: emptyList })
  for (const [work, row] of rows) if (failed.has(row)) rows.delete(work)
  return rows
}

/** `PATCH /admin/identities` (identity/handler.go:785-859): what is valid and free is made, the rest says why not. */
export const batchPatchIdentities = (world: World, bytes: Uint8Array): readonly BatchResult[] => {
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
  const problems = new Map(
    items.flatMap((item) => (item === undefined ? [] : [[item.work, invalid(world, item.work)] as const])),
  )
  const valid = [...problems].flatMap(([work, problem]) => (problem === undefined ? [work] : []))
  const rows = rowsOf(world, valid)
  // Only more than one insert at a time is a partial one.
  const isWhole = valid.length === 1 || world.database?.hasWholeBatches === true
  if (isWhole && rows.size < valid.length) throw taken()
  if (rows.size === valid.length || !world.profile.has.partialBatchRollsBack) {
    world.store.write((draft) => {
      for (const row of rows.values()) draft.putIdentity(row)
    })
  }
  return items.map(
    (item) => item && { patchId: item.patchId, outcome: problems.get(item.work) ?? rows.get(item.work)?.id ?? taken() },
  )
}

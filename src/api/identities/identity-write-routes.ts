import { KratosError } from '../../model/errors.ts'
import { credentialJson, credentialsObject, identityJson } from './identity-json.ts'
import { batchPatchIdentities, unreadableBatch, type BatchResult } from './batch-patch-identities.ts'
import { createIdentity } from './create-identity.ts'
import type { IdentityWork } from './identity-work.ts'
import { patchIdentity } from './patch-identity.ts'
import { updateIdentity } from './update-identity.ts'
import { bodyOf, requestOf, TOO_LARGE } from '../body.ts'
import { errorJson } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { jsonAnswer } from '../json.ts'
import type { RouteTable } from '../route-table.ts'

/** An identity as the answer to a write shows it: as it was in memory, credentials without their configuration. */
const writtenJson = ({ world }: Exchange, answered: IdentityWork): string => {
  const none = world.profile.has.nullForAbsent ? null : []
  const credentials = credentialsObject(
    [...answered.credentials].map(([type, one]) => [
      type,
      credentialJson({ ...one, identifiers: one.identifiers ?? none }, ''),
    ]),
  )
  return identityJson(answered, {
    schemaUrl: answered.schema_url,
    addresses: true,
    metadataAdmin: answered.metadata_admin !== null,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

/** `identityPatchResponse` of the reference. */
const resultJson = ({ world }: Exchange, result: BatchResult): string => {
  if (result === undefined) return world.profile.has.nullForAbsent ? 'null' : '{}'
  const { patchId, outcome } = result
  const patch = patchId === null ? '' : `,"patch_id":"${patchId}"`
  if (typeof outcome === 'string') return `{"action":"create","identity":"${outcome}"${patch}}`
  return `{"action":"error"${patch},"error":${errorJson(outcome)}}`
}

export const identityWriteRoutes: RouteTable = {
  createIdentity: async (exchange) => {
    const { world } = exchange
    const body = await bodyOf(exchange, () => new KratosError(400, { message: TOO_LARGE }))
    const { identity, answered } = createIdentity(world, body)
    return jsonAnswer(
      writtenJson(exchange, answered),
      { Location: `${world.origins.admin}/identities/${identity.id}` },
      201,
    )
  },
  batchPatchIdentities: async (exchange) => {
    const { world } = exchange
    const body = await bodyOf(exchange, () => unreadableBatch(world, TOO_LARGE))
    const results = batchPatchIdentities(world, body)
    return jsonAnswer(`{"identities":[${results.map((one) => resultJson(exchange, one)).join(',')}]}`)
  },
  updateIdentity: async (exchange) => {
    const request = await requestOf(
      exchange,
      () => new KratosError(400, { reason: `Unable to read HTTP POST body: ${TOO_LARGE}` }),
    )
    return jsonAnswer(
      writtenJson(exchange, updateIdentity(exchange.world, { id: exchange.param('id'), request }).answered),
    )
  },
  patchIdentity: async (exchange) => {
    const body = await bodyOf(exchange, () => new KratosError(500, { message: TOO_LARGE }))
    return jsonAnswer(writtenJson(exchange, patchIdentity(exchange.world, { id: exchange.param('id'), body }).answered))
  },
}

import type { Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import { decodeGo } from '../../go/json-decode.ts'
import { GoJsonError, parseBody, parseWhole, type JsonNode } from '../../go/json-parse.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { isState, type Written } from './create-identity.ts'
import { locateIdentity } from './get-identity.ts'
import {
  credentialsOfDocument,
  documentOf,
  documentText,
  identityDocument,
  oldIdentityDocument,
  type IdentityDocument,
} from './identity-document.ts'
import { workOf, type IdentityWork } from './identity-work.ts'
import { applyPatch } from '../../jsonpatch/json-patch.ts'
import { reviseIdentity } from './revise-identity.ts'

const DENIED = /^\/(?:id|statechangedat|credentials|credentials\/oidc\/.*)$/s
const OLD_DENIED: readonly string[] = ['/id', '/stateChangedAt', '/credentials']

const reading = (body: Uint8Array, isOld: boolean): JsonNode => {
  try {
    return parseBody(body, true)
  } catch (error) {
    // Later releases check the patch before they read it, and say no more of it.
    throw error instanceof GoJsonError && !isOld ? new GoJsonError('invalid state detected') : error
  }
}

const patched = (world: World, work: IdentityWork, body: Uint8Array): IdentityDocument => {
  const isOld = world.profile.has.patchKeepsRemoved
  try {
    const text = applyPatch(documentText(work, !isOld), reading(body, isOld), {
      checkedFirst: !isOld,
      denies: (path) => (isOld ? OLD_DENIED.includes(path) : DENIED.test(path.toLowerCase())),
    })
    if (isOld) return decodeGo(oldIdentityDocument, parseWhole(text), { into: documentOf(work) })
    return decodeGo(identityDocument, parseWhole(text))
  } catch (error) {
    if (!(error instanceof GoJsonError)) throw error
    const what = 'An error occured when applying the JSON patch'
    throw new KratosError(
      400,
      world.profile.has.causeInMessage
        ? { reason: what, message: error.message }
        : { reason: `${what}: ${error.message}` },
    )
  }
}

/** `PATCH /admin/identities/{id}` (identity/handler.go:1097-1155): the identity first, then the patch. */
export const patchIdentity = (world: World, input: { readonly id: Bytes; readonly body: Uint8Array }): Written => {
  const before = locateIdentity(world, input.id)
  const work = workOf(before, schemaUrl(world, before.schema_id))
  const document = patched(world, work, input.body)
  const { state } = document
  if (state !== before.state && !isState(state)) {
    const reason = `The supplied state ('${state}') was not valid. Valid states are ('active', 'inactive').`
    throw new KratosError(
      400,
      world.profile.has.causeInMessage ? { reason, message: 'identity state is not valid' } : { reason },
    )
  }
  const { external_id, credentials: _, verifiable_addresses, recovery_addresses, traits, ...rest } = document
  const copies = <T>(rows: readonly T[] | null): T[] => (rows ?? []).map((row) => ({ ...row }))
  return reviseIdentity(world, before, {
    ...rest,
    state: isState(state) ? state : before.state,
    state_changed_at: state === before.state ? document.state_changed_at : formatTime(world.clock.now()),
    external_id: external_id === undefined ? before.external_id : external_id || null,
    traits: traits ?? '',
    credentials: new Map([
      ...(world.profile.has.patchKeepsRemoved ? work.credentials : []),
      ...credentialsOfDocument(document),
    ]),
    verifiable_addresses: copies(verifiable_addresses),
    recovery_addresses: copies(recovery_addresses),
  })
}

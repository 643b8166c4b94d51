import { bytesOf, quote } from '../../go/bytes.ts'
import { KratosError, type ErrorParts } from '../../model/errors.ts'
import { decodeGo } from '../../go/json-decode.ts'
import { GoJsonError, parseBody, parseWhole, type JsonNode } from '../../go/json-parse.ts'
import type { Identity, JsonText } from '../../model/identity.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { bodyOf, TOO_LARGE } from '../body.ts'
import { jsonAnswer } from '../json.ts'
import type { Route } from '../exchange.ts'
import { schemaUrl } from '../schemas/identity-schema.ts'
import { writtenJson } from './admin-identity.ts'
import {
  credentialsOfDocument,
  documentOf,
  documentText,
  identityDocumentOf,
  type IdentityDocument,
} from './identity-document.ts'
import { isState, workOf, type IdentityWork } from './identity-work.ts'
import { locateIdentity, ADMIN_IDENTITY, unprintable } from './read-identity.ts'
import { applyPatch } from '../../jsonpatch/json-patch.ts'
import { withoutRegion } from './region.ts'
import { reviseIdentity } from './revise-identity.ts'

const DENIED = /^\/(?:id|statechangedat|credentials|credentials\/oidc\/.*)$/s
const OLD_DENIED: readonly string[] = ['/id', '/stateChangedAt', '/credentials']
const GUARDED = /^\/credentials\/(?:oidc|saml)(?:\/.*)?$/s

/** Which paths no patch may touch. */
const denials = ({ profile: { has, knows } }: World): ((path: string) => boolean) => {
  const denied = knows('v25.4.0')
    ? (path: string) => DENIED.test(path.toLowerCase())
    : (path: string) => OLD_DENIED.includes(path)
  return has.guardsCredentials ? (path) => denied(path) || GUARDED.test(path.toLowerCase()) : denied
}

/** What is said of a patch that failed: the step in `reason` and the cause in `message`, or all of it in `reason`. */
const failure = (world: World, step: string, { message }: GoJsonError): ErrorParts =>
  world.profile.has.causeInMessage ? { reason: step, message } : { reason: `${step}: ${message}` }

const reading = (world: World, body: Uint8Array): JsonNode => {
  const { knows } = world.profile
  try {
    return parseBody(body, true)
  } catch (error) {
    if (!(error instanceof GoJsonError) || !knows('v25.4.0') || knows('next')) throw error
    // Releases between check the patch before they read it, and say no more of it.
    throw new GoJsonError('invalid state detected')
  }
}

/** The patch without what is about the region, which is set apart from it. */
const apartFromRegion = (world: World, body: Uint8Array): ReturnType<typeof withoutRegion> => {
  const patch = (): JsonNode => reading(world, body)
  if (!world.profile.knows('next')) return { rest: patch(), region: undefined }
  return withoutRegion(patch())
}

/** Does one step of patching. @throws KratosError 400 that names it. */
const stepping = <T>(world: World, step: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw error instanceof GoJsonError ? new KratosError(400, failure(world, step, error)) : error
  }
}

const patched = (world: World, before: Identity, work: IdentityWork, body: Uint8Array): IdentityDocument => {
  const isOld = !world.profile.knows('v25.4.0')
  const isReworded = world.profile.has.newWording
  const applying = isReworded ? 'failed to apply JSON patch' : 'An error occured when applying the JSON patch'
  const unreadable = isReworded ? 'failed to unmarshal JSON patch' : applying
  const { rest, region } = stepping(world, unreadable, () => apartFromRegion(world, body))
  work.region = region ?? work.region
  return stepping(world, applying, () => {
    const document = (): JsonText => {
      const why = unprintable(world, before, isOld ? '*identity.WithAdminMetadataInJSON' : ADMIN_IDENTITY)
      if (why !== undefined) throw new GoJsonError(why)
      return documentText(work, !isOld)
    }
    const text = applyPatch(document, rest, { checkedFirst: !isOld, denies: denials(world) })
    return decodeGo(
      identityDocumentOf(world.profile),
      parseWhole(text),
      world.profile.has.patchKeepsRemoved ? { into: documentOf(work) } : {},
    )
  })
}

/** A credential whose type is another one than it stands under would replace the wrong one. */
const checkTypes = ({ credentials }: IdentityDocument): void => {
  for (const [name, { type }] of credentials ?? []) {
    if (type === name) continue
    const reason = `credentials.${name}.type must equal ${quote(bytesOf(name))}, got ${quote(bytesOf(type))}`
    throw new KratosError(400, { reason })
  }
}

/** `PATCH /admin/identities/{id}` (identity/handler.go:1097-1155): the identity first, then the patch. */
export const patchIdentity: Route = async (exchange) => {
  const { world } = exchange
  const body = await bodyOf(exchange, () => new KratosError(500, { message: TOO_LARGE }))
  const before = locateIdentity(world, exchange.param('id'))
  const work = workOf(before, schemaUrl(world, before.schema_id))
  const document = patched(world, before, work, body)
  if (world.profile.has.guardsCredentials) checkTypes(document)
  const { state } = document
  if (state !== before.state && !isState(state)) {
    const reason = `The supplied state ('${state}') was not valid. Valid states are ('active', 'inactive').`
    throw new KratosError(
      400,
      world.profile.has.causeInMessage ? { reason, message: 'identity state is not valid' } : { reason },
    )
  }
  const { external_id, credentials: _, verifiable_addresses, recovery_addresses, traits, ...rest } = document
  // Kratos 1.3 has its patch read into the credentials that there are, and forgets what it read where there are none.
  const isOld = !world.profile.knows('v25.4.0')
  const patchedCredentials = isOld && work.credentials.size === 0 ? [] : credentialsOfDocument(document)
  const copies = <T>(rows: readonly T[] | null): T[] => (rows ?? []).map((row) => ({ ...row }))
  const after: IdentityWork = {
    ...rest,
    region: work.region,
    state: isState(state) ? state : before.state,
    state_changed_at: state === before.state ? document.state_changed_at : formatTime(world.clock.now()),
    external_id: external_id === undefined ? before.external_id : external_id || null,
    traits: traits ?? '',
    credentials: new Map([...(isOld ? work.credentials : []), ...patchedCredentials]),
    verifiable_addresses: copies(verifiable_addresses),
    recovery_addresses: copies(recovery_addresses),
  }
  reviseIdentity(world, before, after)
  return jsonAnswer(writtenJson(world, after))
}

import { bytesOf, quote, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import { goDurationText, parseGoDuration } from '../../go/duration.ts'
import { goPointer, goStruct, goText, type GoType } from '../../go/json-decode.ts'
import { goUuid } from '../../go/json-values.ts'
import { formatTime } from '../../model/time.ts'
import type { World } from '../../world/world.ts'
import { checkRead } from '../identities/readable.ts'
import { decodeRequest, type RequestBody } from '../identities/request-body.ts'

/** `createRecoveryCodeForIdentityBody` of the reference; that for a link has no flow type. */
interface RecoveryBody {
  readonly identity_id: string
  readonly expires_in: string
  readonly flow_type?: string | null
}

const fields = { identity_id: goUuid, expires_in: goText() }
const codeBody: GoType<RecoveryBody> = goStruct('code.createRecoveryCodeForIdentityBody', {
  ...fields,
  flow_type: goPointer(goText('flow.Type')),
})
const linkBody: GoType<RecoveryBody> = goStruct<RecoveryBody>('link.createRecoveryLinkForIdentityBody', fields)

/** Recovery lasts an hour unless it is asked for otherwise. */
const LIFESPAN = 3_600_000_000_000n

export interface RecoveryRequest {
  readonly request: RequestBody
  /** `return_to` of the query, or `''`. */
  readonly returnTo: Bytes
}

export interface RecoveryLink {
  readonly link: string
  readonly expiresAt: string
  /** The flow that the link leads to, and what it is to take. */
  readonly flow: { readonly id: string; readonly type: 'api' | 'browser'; readonly secret: string }
  readonly identityId: string
  readonly expires: number
}

export interface RecoveryCode extends RecoveryLink {
  /** Six digits. */
  readonly code: string
}

const lifespanOf = (world: World, { expires_in }: RecoveryBody, shown: (nanos: bigint) => string): bigint => {
  const nanos = expires_in === '' ? LIFESPAN : parseGoDuration(expires_in)
  if (nanos === undefined) {
    const how = world.profile.has.newWording
      ? 'as a duration string (e.g. "1h", "1m30s", "500ms")'
      : 'whose format should match "[0-9]+(ns|us|ms|s|m|h)" but did not'
    throw new KratosError(400, { reason: `Unable to parse "expires_in" ${how}: ${expires_in}` })
  }
  if (nanos <= 0n) throw new KratosError(400, { reason: shown(nanos) })
  return nanos
}

/** No address but Kratos' own may be returned to, as long as none is allowed. */
const checkReturn = (world: World, returnTo: Bytes): void => {
  if (returnTo === '' || `${returnTo}/`.startsWith(`${world.origins.public}/`)) return
  throw new KratosError(400, {
    id: 'self_service_flow_return_to_forbidden',
    reason: `Requested return_to URL ${quote(returnTo)} is not allowed.`,
  })
}

const exists = (world: World, id: string): boolean => {
  const identity = world.store.tables.identities.get({ id })
  if (identity !== undefined) checkRead(world, [identity], false)
  return identity !== undefined
}

const expiry = (world: World, nanos: bigint): Pick<RecoveryLink, 'expires' | 'expiresAt'> => {
  const expires = world.clock.now() + Number(nanos / 1000n)
  return { expires, expiresAt: formatTime(expires) }
}

/** `POST /admin/recovery/code` (selfservice/strategy/code/strategy_recovery_admin.go). */
export const createRecoveryCode = (world: World, { request, returnTo }: RecoveryRequest): RecoveryCode => {
  const body = decodeRequest(world, codeBody, request)
  const nanos = lifespanOf(
    world,
    body,
    (value) => `Value from "expires_in" must result to a future time: ${goDurationText(value)}`,
  )
  const flow = body.flow_type ?? 'browser'
  if (flow !== 'browser' && flow !== 'api') {
    throw new KratosError(400, { reason: `Value from "flow_type" is not valid: ${quote(bytesOf(flow))}` })
  }
  checkReturn(world, returnTo)
  if (!exists(world, body.identity_id)) {
    throw new KratosError(404, { message: 'Unable to locate the resource', reason: 'could not find identity' })
  }
  const id = world.random.uuid()
  const code = String(world.random.integer(0, 999_999)).padStart(6, '0')
  const { uiUrl } = world.selfService.recovery
  const link = `${uiUrl}${uiUrl.includes('?') ? '&' : '?'}flow=${id}`
  return { link, code, flow: { id, type: flow, secret: code }, identityId: body.identity_id, ...expiry(world, nanos) }
}

/** `POST /admin/recovery/link` (selfservice/strategy/link/strategy_recovery.go). */
export const createRecoveryLink = (world: World, { request, returnTo }: RecoveryRequest): RecoveryLink => {
  const body = decodeRequest(world, linkBody, request)
  const nanos = lifespanOf(
    world,
    body,
    () => `Value from "expires_in" must be result to a future time: ${body.expires_in}`,
  )
  checkReturn(world, returnTo)
  if (!exists(world, body.identity_id))
    throw new KratosError(400, { reason: 'The requested identity id does not exist.' })
  const id = world.random.uuid()
  const secret = world.random.alphanumeric(32)
  const link = `${world.origins.public}/self-service/recovery?flow=${id}&token=${secret}`
  return { link, flow: { id, type: 'browser', secret }, identityId: body.identity_id, ...expiry(world, nanos) }
}

import { decodeGo, type GoType } from '../go/json-decode.ts'
import { GoJsonError, parseBody } from '../go/json-parse.ts'
import { parseMediaType } from '../go/media-type.ts'
import { KratosError, type ErrorParts } from '../model/errors.ts'
import type { World } from '../world/world.ts'
import type { Exchange } from './exchange.ts'
import { BodyTooLarge } from './request-body.ts'

/** What Go's MaxBytesReader says. */
export const TOO_LARGE = 'http: request body too large'

/** A request's body; over the limit, a 400 that says so, or what Kratos says then. */
export const bodyOf = async (exchange: Exchange, tooLarge: () => KratosError): Promise<Uint8Array> => {
  try {
    return await exchange.body()
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    throw exchange.world.profile.has.bodyLimitUnsaid ? tooLarge() : new KratosError(400, error.parts)
  }
}

/** The parts of an error whose cause is what Go said of it: Kratos puts it in `message`, the reference wants a reason. */
export const causeParts = (world: World, cause: string): ErrorParts =>
  world.profile.has.causeInMessage ? { message: cause } : { reason: `The request body cannot be read: ${cause}.` }

interface Reading {
  /** Whether unknown members are refused, as Kratos does where it creates. */
  readonly strict: boolean
  /** How Kratos words the error, if not as a 400 with the cause for its message. */
  readonly refuse?: (cause: string) => KratosError
}

/** Reads a body as Go's decoder does. @throws KratosError 400 */
export const readBody = <T>(world: World, type: GoType<T>, body: Uint8Array, { strict, refuse }: Reading): T => {
  try {
    return decodeGo(type, parseBody(body), { strict })
  } catch (error) {
    if (!(error instanceof GoJsonError)) throw error
    throw refuse?.(error.message) ?? new KratosError(400, causeParts(world, error.message))
  }
}

/** A request as ory/x's HTTP decoder looks at it. */
export interface RequestBody {
  readonly method: string
  readonly contentType: string
  /** Whether the request said, or showed, that it has none: a chunked body does neither. */
  readonly isEmpty: boolean
  readonly bytes: Uint8Array
}

/** Whether a Content-Type says JSON; until v25.4.0 it may name several types, of which a broken one ends the list. */
const saysJson = (world: World, contentType: string): boolean => {
  const types = world.profile.knows('v25.4.0') ? [contentType] : contentType.split(',')
  for (const one of types) {
    const type = parseMediaType(one.trim())
    if (type === undefined || type === 'application/json') return type !== undefined
  }
  return false
}

/**
 * Reads a JSON body as ory/x's HTTP decoder does (decoderx/http.go): length and type first, unknown members
 * ignored. @throws KratosError 400
 */
export const decodeRequest = <T>(
  world: World,
  type: GoType<T>,
  { method, contentType, isEmpty, bytes }: RequestBody,
): T => {
  if (isEmpty) {
    throw new KratosError(400, {
      reason: 'Unable to decode HTTP Request Body because its HTTP Header "Content-Length" is zero.',
    })
  }
  if (!saysJson(world, contentType)) {
    throw new KratosError(400, {
      reason: `HTTP ${method} Request used unknown HTTP Header "Content-Type: ${contentType}", only [application/json] are supported.`,
    })
  }
  return readBody(world, type, bytes, {
    strict: false,
    refuse: (cause) => new KratosError(400, { reason: `Unable to decode JSON payload: ${cause}` }),
  })
}

/** Reads the JSON body of a request as `decodeRequest` does. @throws KratosError 400 */
export const readRequest = async <T>(exchange: Exchange, type: GoType<T>): Promise<T> => {
  const { world, method } = exchange
  const bytes = await bodyOf(
    exchange,
    () => new KratosError(400, { reason: `Unable to read HTTP POST body: ${TOO_LARGE}` }),
  )
  return decodeRequest(world, type, {
    method,
    contentType: exchange.header('content-type') ?? '',
    isEmpty: bytes.length === 0 && exchange.header('transfer-encoding') === undefined,
    bytes,
  })
}

import { KratosError, type ErrorParts } from '../../model/errors.ts'
import { decodeGo, type GoType } from '../../go/json-decode.ts'
import { GoJsonError, parseBody } from '../../go/json-parse.ts'
import type { World } from '../../world/world.ts'

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

/** Reads the configuration of a stored credential. @throws KratosError 400 for one of another shape, which a patch may have left. */
export const readingConfig = <T>(read: () => T): T => {
  try {
    return read()
  } catch (error) {
    throw error instanceof GoJsonError ? new KratosError(400, { reason: error.message }) : error
  }
}

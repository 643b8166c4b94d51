import { KratosError } from '../../model/errors.ts'
import type { GoType } from '../../go/json-decode.ts'
import type { World } from '../../world/world.ts'
import { readBody } from './read-body.ts'

/** A request as ory/x's HTTP decoder looks at it. */
export interface RequestBody {
  readonly method: string
  readonly contentType: string
  /** Whether the request said, or showed, that it has none: a chunked body does neither. */
  readonly isEmpty: boolean
  readonly bytes: Uint8Array
}

/** The media types of a Content-Type; a broken one ends the list. */
const mediaTypes = (contentType: string): string[] => {
  const found: string[] = []
  for (const part of contentType.split(',')) {
    const type = /^\s*([^\s;,]+\/[^\s;,]+|[^\s;,/]+)\s*(?:;\s*(?:[^\s=;]+=(?:"[^"]*"|[^\s;"]+)\s*;?\s*)*)?$/.exec(
      part,
    )?.[1]
    if (type === undefined) break
    found.push(type.toLowerCase())
  }
  return found
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
  if (!mediaTypes(contentType).includes('application/json')) {
    throw new KratosError(400, {
      reason: `HTTP ${method} Request used unknown HTTP Header "Content-Type: ${contentType}", only [application/json] are supported.`,
    })
  }
  return readBody(world, type, bytes, {
    strict: false,
    refuse: (cause) => new KratosError(400, { reason: `Unable to decode JSON payload: ${cause}` }),
  })
}

import { textOf, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { World } from '../../world/world.ts'
import { assured, checkAssurance } from './assurance.ts'
import { callerOf, type Caller } from './my-sessions.ts'

const MISSING = 'No valid session credentials found in the request.'

/** Where whoami is cached, the answer to a request without credentials is, too, for a minute. */
const cachedRefusal = (
  { selfService }: World,
  token: string | undefined,
): Readonly<Record<string, string>> | undefined =>
  selfService.cacheFor === undefined || token !== undefined ? undefined : { 'Ory-Session-Cache-For': '60' }

/** What asks whose session it is. */
export interface Asking {
  readonly token: string | undefined
  /** The template by which the session is to become a JWT, or `''`. */
  readonly tokenizeAs: Bytes
}

/**
 * `GET /sessions/whoami` (session/handler.go:217-251): the token, then the second factor, then the template.
 * @throws KratosError 401, 403, or 400 for a template that is not configured (driver/config/config.go TokenizeTemplate).
 */
export const toSession = (world: World, { token, tokenizeAs }: Asking): Caller => {
  const template = textOf(tokenizeAs)
  const caller = assured(
    world,
    callerOf(world, token, { reason: MISSING, mayBeInactive: false, headers: cachedRefusal(world, token) }),
  )
  checkAssurance(world, caller)
  if (template !== '' && !Object.hasOwn(world.selfService.tokenTemplates, template))
    throw new KratosError(400, { reason: `Unable to find tokenizer template "${template}".` })
  return caller
}

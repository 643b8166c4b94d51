import { importJWK, SignJWT, type JWK } from 'jose'
import { fromBase64 } from '../../go/base64.ts'
import { KratosError } from '../../model/errors.ts'
import { isObject } from '../../model/json.ts'
import type { TokenTemplate } from '../../model/selfservice.ts'
import type { World } from '../../world/world.ts'
import type { Caller } from './caller.ts'

/** What Go's JWT library signs by, as far as WebCrypto does too. */
const ALGORITHMS = /^(?:(?:RS|PS|HS)(?:256|384|512)|ES(?:256|384|512)|EdDSA)$/

const bad = (reason: string): KratosError => new KratosError(400, { reason })

/** What a template asks for and the mock does not do. */
const notDone = (name: string, what: string, remedy: string): KratosError =>
  new KratosError(501, { reason: `ory-identities-mock ${what} of the tokenizer template ${name}. ${remedy}` })

const textOfUrl = (url: string): string | undefined => {
  const bytes = url.startsWith('base64://') ? fromBase64(url.slice(9).replace(/=+$/, '')) : undefined
  return bytes === undefined
    ? undefined
    : new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)))
}

/** The first key of a template's set. @throws KratosError where there is none. */
const keyOf = (name: string, { jwks, jwksUrl }: TokenTemplate): JWK => {
  const text = jwks ?? textOfUrl(jwksUrl)
  if (text === undefined)
    throw notDone(name, `does not fetch the keys ${JSON.stringify(jwksUrl)}`, 'Give them as base64:// in "jwks_url".')
  let set: unknown
  try {
    set = JSON.parse(text)
  } catch {
    // No keys, then.
  }
  const keys: unknown = isObject(set) ? set['keys'] : undefined
  const first: unknown = Array.isArray(keys) ? keys[0] : undefined
  if (!isObject(first)) throw bad('Could not find key a suitable key for tokenization in the JWKS url.')
  return first as JWK
}

/**
 * A session as a JWT, on the mock's clock (session/tokenizer.go).
 * @param name of a template that is configured.
 * @throws KratosError 400 for what Kratos cannot sign, 501 for what is only not done here.
 */
export const tokenize = async (world: World, name: string, { session, identity }: Caller): Promise<string> => {
  const template = world.selfService.tokenTemplates[name]!
  const key = keyOf(name, template)
  const { alg = '', kid } = key
  if (!ALGORITHMS.test(alg)) throw bad(`The JSON Web Key must include a valid "alg" parameter but "${alg}" was given.`)
  if (template.claimsMapperUrl !== '')
    throw notDone(name, 'does not run the Jsonnet', 'Take "claims_mapper_url" out of it.')
  if (template.subjectSource === 'external_id' && (identity.external_id ?? '') === '')
    throw bad("The session's identity does not have an external ID set, but it is required for the subject claim.")
  const now = world.clock.now()
  const seconds = (micros: number): number => Math.floor(micros / 1e6)
  const claims = {
    exp: seconds(now + template.ttl),
    iat: seconds(now),
    iss: `${world.origins.public}/`,
    jti: world.random.uuid(),
    nbf: seconds(now),
    sid: session.id,
    sub: template.subjectSource === 'id' ? identity.id : identity.external_id!,
  }
  try {
    const header = kid === undefined ? { alg, typ: 'JWT' } : { alg, kid, typ: 'JWT' }
    return await new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, alg))
  } catch {
    throw bad('Unable to sign JSON Web Token.')
  }
}

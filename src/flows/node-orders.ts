import type { Flow } from '../model/flow.ts'
import type { NodeOrder } from './nodes.ts'
import { schemaIdOf, schemaText } from './schema-of.ts'
import { traitFields } from './trait-fields.ts'
import type { Visit } from './visit.ts'

/** selfservice/flow/login/sort.go */
export const loginOrder = ({ is13 }: Visit): NodeOrder => ({
  groups: ['oidc', 'default', 'webauthn', 'passkey', 'code', 'password', 'totp', 'lookup_secret'],
  keys: ['csrf_token', 'identifier', 'password'],
  mixes: !is13,
})

/** selfservice/flow/registration/sort.go; the password stands behind the first trait. */
export const registrationOrder = (visit: Visit, flow: Flow): NodeOrder => {
  const [first, ...others] = traitFields(schemaText(visit, schemaIdOf(visit, flow))).keys
  const keys = first === undefined ? ['password'] : [first, 'password', ...others]
  return {
    groups: ['oidc', 'saml', 'default', 'webauthn', 'passkey', 'code', 'password', 'captcha', 'profile'],
    keys: visit.is13 ? keys : ['csrf_token', ...keys],
    mixes: !visit.is13,
  }
}

/** selfservice/flow/settings/sort.go */
export const settingsOrder = (visit: Visit): NodeOrder => ({
  groups: ['default', 'profile', 'password', 'oidc', 'lookup_secret', 'webauthn', 'passkey', 'totp'],
  keys: traitFields(schemaText(visit, visit.caller!.identity.schema_id)).keys,
  mixes: !visit.is13,
})

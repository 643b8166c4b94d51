import { escapeHtml, goJson } from '../model/json.ts'
import type { Credential, Identity } from '../model/identity.ts'

const BLANK = '{"initial_id_token":"","initial_access_token":"","initial_refresh_token":"","subject":"","provider":""'

/** A configuration as Kratos declassifies it: without any provider left, it shows one that is blank. */
const declassified = ({ type, config }: Credential, withOrganization: boolean): string =>
  type === 'oidc' && config === '{"providers":null}'
    ? `{"providers":[${BLANK}${withOrganization ? ',"organization":""' : ''}}]}`
    : escapeHtml(config)

const credentialJson = (credential: Credential, isShown: boolean, isOld: boolean): string => {
  const { type, identifiers, config, version, created_at, updated_at } = credential
  return (
    `{"type":${goJson(type)},"identifiers":${goJson(identifiers)}` +
    (isShown && config !== '' ? `,"config":${declassified(credential, isOld)}` : '') +
    `,"version":${version},"created_at":"${created_at}","updated_at":"${updated_at}"}`
  )
}

/** The `credentials` object: by type, with the configuration of those alone that were asked for. */
export const credentialsJson = ({ credentials }: Identity, included: readonly string[], isOld: boolean): string | undefined =>
  credentials.length === 0
    ? undefined
    : `{${credentials.map((one) => `${goJson(one.type)}:${credentialJson(one, included.includes(one.type), isOld)}`).join(',')}}`

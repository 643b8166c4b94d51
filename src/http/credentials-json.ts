import { escapeHtml, goJson } from '../model/json.ts'
import type { Credential, Identity } from '../model/identity.ts'

const credentialJson = ({ type, identifiers, config, version, created_at, updated_at }: Credential, isShown: boolean): string =>
  `{"type":${goJson(type)},"identifiers":${goJson(identifiers)}` +
  (isShown && config !== '' ? `,"config":${escapeHtml(config)}` : '') +
  `,"version":${version},"created_at":"${created_at}","updated_at":"${updated_at}"}`

/** The `credentials` object: by type, with the configuration of those alone that were asked for. */
export const credentialsJson = ({ credentials }: Identity, included: readonly string[]): string | undefined =>
  credentials.length === 0
    ? undefined
    : `{${credentials.map((one) => `${goJson(one.type)}:${credentialJson(one, included.includes(one.type))}`).join(',')}}`

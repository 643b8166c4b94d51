import { GoJsonError, memberOf, parseWhole } from '../../go/json-parse.ts'
import { credentialJson, credentialsObject } from './identity-json.ts'
import type { Credential, Identity, JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'
import { providersOf, type Provider } from './providers.ts'

/** What is shown of one: the tokens first, and of the rest what is there; Kratos 1.3 knows organizations alone. */
const shownProvider = (provider: Provider, type: string, isOld: boolean): object => ({
  ...(type === 'saml'
    ? {}
    : {
        initial_id_token: provider.initial_id_token,
        initial_access_token: provider.initial_access_token,
        initial_refresh_token: provider.initial_refresh_token,
      }),
  subject: provider.subject,
  provider: provider.provider,
  ...(isOld || provider.organization !== '' ? { organization: provider.organization } : {}),
  ...(!isOld && provider.use_auto_link ? { use_auto_link: true } : {}),
})

const BLANK: Provider = {
  subject: '',
  provider: '',
  initial_id_token: '',
  initial_access_token: '',
  initial_refresh_token: '',
  organization: '',
  use_auto_link: false,
}

/** Providers that are none, which only a fixture or a patch can have written, show as nothing. */
const readable = (config: JsonText): readonly Provider[] | null => {
  try {
    return providersOf(config)
  } catch (error) {
    if (error instanceof GoJsonError) return []
    throw error
  }
}

/** A configuration as Kratos declassifies it (identity/identity.go WithDeclassifiedCredentials). */
const declassified = ({ type, config }: Credential, isOld: boolean): JsonText => {
  if (type !== 'oidc' && type !== 'saml') return config
  if (config === '' || memberOf(parseWhole(config), 'providers') === undefined) return ''
  // gjson goes once over what is null, and not at all over what is empty.
  const providers = readable(config) ?? [BLANK]
  return providers.length === 0 ? '' : goJson({ providers: providers.map((one) => shownProvider(one, type, isOld)) })
}

/** The `credentials` object: by type, with the configuration of those alone that were asked for. */
export const credentialsJson = (
  { credentials }: Identity,
  included: readonly string[],
  isOld: boolean,
): string | undefined =>
  credentialsObject(
    credentials.map((one) => [
      one.type,
      credentialJson(one, included.includes(one.type) ? declassified(one, isOld) : ''),
    ]),
  )

import { decodeGo, goBool, goSlice, goStruct, goText, type GoType } from '../../go/json-decode.ts'
import { parseWhole } from '../../go/json-parse.ts'
import type { JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'

/** A sign-in with another provider as a credential's configuration holds it, in Go's order of fields. */
export interface Provider {
  readonly subject: string
  readonly provider: string
  readonly initial_id_token: string
  readonly initial_access_token: string
  readonly initial_refresh_token: string
  readonly organization: string
  readonly use_auto_link: boolean
}

export const providersType: GoType<{ readonly providers: readonly Provider[] | null }> = goStruct(
  'identity.CredentialsOIDC',
  {
    providers: goSlice(
      goStruct<Provider>('identity.CredentialsOIDCProvider', {
        subject: goText(),
        provider: goText(),
        initial_id_token: goText(),
        initial_access_token: goText(),
        initial_refresh_token: goText(),
        organization: goText(),
        use_auto_link: goBool,
      }),
    ),
  },
)

/** The sign-ins inside a configuration, as Go reads them; null where it says so, or nothing. @throws GoJsonError */
export const providersOf = (config: JsonText): readonly Provider[] | null =>
  decodeGo(providersType, parseWhole(config)).providers

/** A configuration that holds sign-ins, in Go's words. */
export const providersConfig = (all: readonly Provider[] | null): JsonText =>
  goJson({
    providers:
      all?.map(({ organization, use_auto_link, ...rest }) => ({
        ...rest,
        ...(organization === '' ? {} : { organization }),
        ...(use_auto_link ? { use_auto_link } : {}),
      })) ?? null,
  })

/** `github:subject`: what identifies a sign-in. */
export const providerId = ({
  provider,
  subject,
}: {
  readonly provider?: unknown
  readonly subject?: unknown
}): string => `${String(provider)}:${String(subject)}`

import { decodeGo, goBool, goStruct, goText, type GoType } from '../go/json-decode.ts'
import type { JsonNode } from '../go/json-parse.ts'

interface Flagged {
  readonly identifier: boolean
}

/** What `ory.sh/kratos` inside a schema says of the trait that it describes (schema/extension.go). */
export interface Extension {
  readonly credentials: {
    readonly password: Flagged
    readonly webauthn: Flagged
    readonly passkey: { readonly display_name: boolean }
    readonly totp: { readonly account_name: boolean }
    readonly code: Flagged & { readonly via: string }
  }
  readonly verification: { readonly via: string }
  readonly recovery: { readonly via: string }
}

const flagged: GoType<Flagged> = goStruct('struct', { identifier: goBool })
const via = goStruct<{ readonly via: string }>('struct', { via: goText() })

const extension: GoType<Extension> = goStruct('schema.ExtensionConfig', {
  credentials: goStruct<Extension['credentials']>('struct', {
    password: flagged,
    webauthn: flagged,
    passkey: goStruct<{ readonly display_name: boolean }>('struct', { display_name: goBool }),
    totp: goStruct<{ readonly account_name: boolean }>('struct', { account_name: goBool }),
    code: goStruct<Flagged & { readonly via: string }>('struct', { identifier: goBool, via: goText() }),
  }),
  verification: via,
  recovery: via,
})

/** @throws GoJsonError when a part of it is of the wrong type. */
export const readExtension = (node: JsonNode): Extension => decodeGo(extension, node)

import { goInt, goMap, goRaw, goSlice, goStruct, goText, type GoType } from '../../go/json-decode.ts'
import { goNullString, goNullTime, goNullUuid, goTime, goUuid } from '../../go/json-values.ts'
import { credentialJson, credentialsObject, identityJson } from './identity-json.ts'
import type { JsonText, RecoveryAddress, VerifiableAddress } from '../../model/identity.ts'
import type { Profile } from '../../profiles/profile.ts'
import { recoveryAddress, typedRecoveryAddress, verifiableAddress } from './bodies.ts'
import type { CredentialWork, IdentityWork } from './identity-work.ts'

interface CredentialDocument {
  readonly type: string
  readonly identifiers: readonly string[] | null
  readonly config: JsonText | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

/** An identity as a JSON Patch sees it: what Go marshals it to, and unmarshals it from again. */
export interface IdentityDocument {
  readonly id: string
  readonly external_id?: string
  readonly credentials: ReadonlyMap<string, CredentialDocument> | null
  readonly schema_id: string
  readonly schema_url: string
  readonly state: string
  readonly state_changed_at: string | null
  readonly traits: JsonText | null
  readonly verifiable_addresses: readonly VerifiableAddress[] | null
  readonly recovery_addresses: readonly RecoveryAddress[] | null
  readonly metadata_public: JsonText | null
  readonly metadata_admin: JsonText | null
  readonly created_at: string
  readonly updated_at: string
  readonly organization_id: string | null
}

const credential: GoType<CredentialDocument> = goStruct('identity.Credentials', {
  type: goText('identity.CredentialsType'),
  identifiers: goSlice(goText()),
  config: goRaw,
  version: goInt,
  created_at: goTime,
  updated_at: goTime,
})

const fieldsWith = (address: GoType<RecoveryAddress>) => ({
  id: goUuid,
  credentials: goMap('map[identity.CredentialsType]identity.Credentials', credential),
  schema_id: goText(),
  schema_url: goText(),
  state: goText('identity.State'),
  state_changed_at: goNullTime,
  traits: goRaw,
  verifiable_addresses: goSlice(verifiableAddress),
  recovery_addresses: goSlice(address),
  metadata_public: goRaw,
  metadata_admin: goRaw,
  created_at: goTime,
  updated_at: goTime,
  organization_id: goNullUuid,
})

const withCredentials = (address: GoType<RecoveryAddress>): GoType<IdentityDocument> =>
  goStruct('identity.WithCredentialsAndAdminMetadataInJSON', { ...fieldsWith(address), external_id: goNullString })

const identityDocument = withCredentials(recoveryAddress)
const typedIdentityDocument = withCredentials(typedRecoveryAddress)
const oldIdentityDocument = goStruct<IdentityDocument>(
  'identity.WithAdminMetadataInJSON',
  fieldsWith(typedRecoveryAddress),
)

/** Later releases patch credentials too; Kratos 1.3 leaves them out and knows no external ids. */
export const identityDocumentOf = ({ knows }: Profile): GoType<IdentityDocument> =>
  knows('v26.2.0') ? identityDocument : knows('v25.4.0') ? typedIdentityDocument : oldIdentityDocument

/** The text that a JSON Patch is applied to. */
export const documentText = (work: IdentityWork, showsCredentials: boolean): JsonText => {
  const credentials = showsCredentials
    ? credentialsObject([...work.credentials].map(([type, one]) => [type, credentialJson(one, one.config)]))
    : undefined
  return identityJson(work, {
    schemaUrl: work.schema_url,
    addresses: true,
    metadataAdmin: work.metadata_admin !== null,
    ...(credentials === undefined ? {} : { credentials }),
  })
}

/** What an identity decodes into, when it is decoded over itself. */
export const documentOf = ({ external_id, ...rest }: IdentityWork): IdentityDocument => ({
  ...rest,
  ...(external_id === null ? {} : { external_id }),
  credentials: null,
})

export const credentialsOfDocument = (document: IdentityDocument): Map<string, CredentialWork> =>
  new Map([...(document.credentials ?? [])].map(([type, one]) => [type, { ...one, config: one.config ?? '' }]))

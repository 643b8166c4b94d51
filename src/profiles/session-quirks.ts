import { ALL, RELEASED, type Quirk } from './quirk.ts'

export type SessionQuirk =
  | 'unknownIdentityListsEmpty'
  | 'activeFilterIgnoresIdentity'
  | 'deletingNoSessionsIs404'
  | 'listedSessionsBare'
  | 'ownedByAuthentication'
  | 'sessionsTotalCount'
  | 'negativePageSizeDrops'
  | 'keysetSkipsTies'
  | 'mySessionsNeedNoAal2'
  | 'adminSessionsAsPublic'
  | 'extendedAsPublic'
  | 'inactiveMayManage'
  | 'settingsForgetStateTime'

/** Quirks of sessions. */
export const sessionQuirks: Readonly<Record<SessionQuirk, Quirk>> = {
  unknownIdentityListsEmpty: {
    summary: 'The sessions of an identity that does not exist are an empty list, not a 404.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:145',
    touches: ['listIdentitySessions'],
  },
  activeFilterIgnoresIdentity: {
    summary:
      '`active=true` also lists sessions whose body says `"active":false` because the identity is inactive or this is when they expire, and `active=false` does not.',
    releases: ALL,
    source: 'ory/kratos#2930',
    touches: ['listIdentitySessions', 'listSessions'],
  },
  deletingNoSessionsIs404: {
    summary: 'Deleting the sessions of an identity that has none is a 404.',
    releases: ALL,
    source: 'ory/kratos#2382',
    touches: ['deleteIdentitySessions'],
  },
  listedSessionsBare: {
    summary: 'A listed session has an empty `schema_url`, and `devices` is null when it has none.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:124',
    touches: ['listIdentitySessions', 'listMySessions'],
  },
  ownedByAuthentication: {
    summary: 'The sessions of an identity are ordered by `authenticated_at`, not by creation.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#3324',
    touches: ['listIdentitySessions', 'listMySessions'],
  },
  sessionsTotalCount: {
    summary: '`GET /admin/sessions` has an `X-Total-Count`.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4173',
    touches: ['listSessions'],
  },
  negativePageSizeDrops: {
    summary:
      'A negative `page_size` on `GET /admin/sessions`, `GET /admin/identities` and `GET /admin/courier/messages` ends the connection without an answer.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/persister_session.go',
    touches: ['listSessions', 'listIdentities', 'listCourierMessages'],
  },
  keysetSkipsTies: {
    summary:
      'A page token of `GET /admin/sessions` keeps 10 µs, so sessions created within the same 10 µs can be skipped.',
    releases: ALL,
    source: 'oryx/pagination/keysetpagination/page_token.go',
    touches: ['listSessions'],
  },
  mySessionsNeedNoAal2: {
    summary: '`GET /sessions` answers a session that still needs its second factor.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4305',
    touches: ['listMySessions'],
  },
  adminSessionsAsPublic: {
    summary:
      'The admin API shows sessions as the public one does: the identity before the devices, and without `metadata_admin`.',
    releases: RELEASED,
    source: 'session/session.go AdminSession',
    touches: ['listIdentitySessions', 'listSessions', 'getSession', 'extendSession'],
  },
  extendedAsPublic: {
    summary: 'The answer of `PATCH /admin/sessions/{id}/extend` is as the public API shows a session.',
    releases: ALL,
    source: 'session/handler.go adminSessionExtend',
    touches: ['extendSession'],
  },
  inactiveMayManage: {
    summary: 'A token of an inactive identity lists and revokes its sessions; only `whoami` is a 401.',
    releases: ['next'],
    source: 'session/handler.go listMySessions',
    touches: ['listMySessions', 'disableMyOtherSessions', 'disableMySession'],
  },
  settingsForgetStateTime: {
    summary: 'What is changed of the traits by a settings flow leaves an identity with a `state_changed_at` of null.',
    releases: RELEASED,
    source: 'selfservice/flow/settings/hook.go',
    touches: ['updateSettingsFlow'],
  },
}

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

/** Quirks of sessions. */
export const sessionQuirks: Readonly<Record<SessionQuirk, Quirk>> = {
  unknownIdentityListsEmpty: {
    summary: 'The sessions of an identity that does not exist are an empty list, not a 404.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:145',
  },
  activeFilterIgnoresIdentity: {
    summary: '`active=true` also lists sessions whose body says `"active":false` because the identity is inactive.',
    releases: ALL,
    source: 'ory/kratos#2930',
  },
  deletingNoSessionsIs404: {
    summary: 'Deleting the sessions of an identity that has none is a 404.',
    releases: ALL,
    source: 'ory/kratos#2382',
  },
  listedSessionsBare: {
    summary: 'A listed session has an empty `schema_url`, and `devices` is null when it has none.',
    releases: ALL,
    source: 'persistence/sql/persister_session.go:124',
  },
  ownedByAuthentication: {
    summary: 'The sessions of an identity are ordered by `authenticated_at`, not by creation.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#3324',
  },
  sessionsTotalCount: {
    summary: '`GET /admin/sessions` has an `X-Total-Count`.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4173',
  },
  negativePageSizeDrops: {
    summary: 'A negative `page_size` on `GET /admin/sessions` ends the connection without an answer.',
    releases: ['v1.3.1'],
    source: 'persistence/sql/persister_session.go',
  },
  keysetSkipsTies: {
    summary:
      'A page token of `GET /admin/sessions` keeps 10 µs, so sessions created within the same 10 µs can be skipped.',
    releases: ALL,
    source: 'oryx/pagination/keysetpagination/page_token.go',
  },
  mySessionsNeedNoAal2: {
    summary: '`GET /sessions` answers a session that still needs its second factor.',
    releases: ['v1.3.1'],
    source: 'ory/kratos#4305',
  },
  adminSessionsAsPublic: {
    summary:
      'The admin API shows sessions as the public one does: the identity before the devices, and without `metadata_admin`.',
    releases: RELEASED,
    source: 'session/session.go AdminSession',
  },
  extendedAsPublic: {
    summary: 'The answer of `PATCH /admin/sessions/{id}/extend` is as the public API shows a session.',
    releases: ALL,
    source: 'session/handler.go adminSessionExtend',
  },
  inactiveMayManage: {
    summary: 'A token of an inactive identity lists and revokes its sessions; only `whoami` is a 401.',
    releases: ['next'],
    source: 'session/handler.go listMySessions',
  },
}

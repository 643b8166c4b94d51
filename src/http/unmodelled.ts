import type { Routing } from '../api/exchange.ts'
import type { Bytes } from '../go/bytes.ts'
import type { Profile } from '../profiles/profile.ts'

const PUBLIC = '/self-service/methods/oidc/callback(?:/[^/]+)?|/\\.well-known/ory/webauthn\\.js'
const ADMIN = '/admin/(?:metrics/prometheus|health/config)'

/**
 * The paths that each modelled release of Kratos has and the mock has not, be it with a redirect
 * (driver/registry_default.go RegisterPublicRoutes, RegisterAdminRoutes): they are the same in all releases.
 */
const PATHS = { public: new RegExp(`^(?:${PUBLIC})$`), admin: new RegExp(`^(?:${ADMIN})$`) }
/** What came with the next release. */
const PATHS_OF_NEXT = {
  public: /^\/(?:\.well-known\/change-password|self-service\/login\/test)$/,
  admin: /^\/admin\/test-login-flows$/,
}
/** Beside it stands `DELETE /sessions/{id}`, which is modelled. */
const TOKEN_EXCHANGE = '/sessions/token-exchange'

/** Whether one of Kratos' servers has a path that the mock does not model. */
export const isUnmodelled = ({ has, knows }: Profile, side: Routing['side'], method: string, path: Bytes): boolean => {
  const withSlash = (has.trailingSlashServed || has.httprouter) && path.endsWith('/')
  const bare = withSlash ? path.slice(0, -1) : path
  if (bare === TOKEN_EXCHANGE && side === 'public') return method === 'GET' || method === 'HEAD'
  return PATHS[side].test(bare) || (knows('next') && PATHS_OF_NEXT[side].test(bare))
}

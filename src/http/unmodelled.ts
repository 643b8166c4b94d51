import type { Exchange } from '../api/exchange.ts'

const FLOW =
  '(?:login|registration|recovery|settings|verification)(?:/(?:api|browser|flows))?|logout(?:/(?:api|browser))?'
const SELF_SERVICE = `self-service/(?:${FLOW}|errors)`
const COURIER = 'courier/messages(?:/[^/]+)?'

const PUBLIC = `/${SELF_SERVICE}|/self-service/methods/oidc/callback(?:/[^/]+)?|/\\.well-known/ory/webauthn\\.js|/admin/${COURIER}`
const ADMIN = `/admin/(?:${SELF_SERVICE}|${COURIER}|metrics/prometheus|health/config)`

/**
 * The paths that each modelled release of Kratos has and the mock has not, be it with a redirect
 * (driver/registry_default.go RegisterPublicRoutes, RegisterAdminRoutes): they are the same in all releases.
 */
const PATHS = { public: new RegExp(`^(?:${PUBLIC})$`), admin: new RegExp(`^(?:${ADMIN})$`) }
/** What came with the next release. */
const PATHS_OF_NEXT = {
  public: /^\/(?:\.well-known\/change-password|self-service\/(?:login\/test|fed-cm\/(?:parameters|token)))$/,
  admin: /^\/admin\/test-login-flows$/,
}
/** Beside it stands `DELETE /sessions/{id}`, which is modelled. */
const TOKEN_EXCHANGE = '/sessions/token-exchange'

/** Whether one of Kratos' servers has a path that the mock does not model. */
export const isUnmodelled = (side: Exchange['side'], { world, method, path }: Exchange): boolean => {
  const { has } = world.profile
  const withSlash = (has.trailingSlashServed || has.httprouter) && path.endsWith('/')
  const bare = withSlash ? path.slice(0, -1) : path
  if (bare === TOKEN_EXCHANGE && side === 'public') return method === 'GET' || method === 'HEAD'
  return PATHS[side].test(bare) || (world.profile.knows('next') && PATHS_OF_NEXT[side].test(bare))
}

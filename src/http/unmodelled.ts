/** A path that each modelled release of Kratos has and the mock has not, with its methods. */
type Unmodelled = readonly [path: string, ...methods: ('GET' | 'POST' | 'DELETE')[]]

/** By server, as Kratos registers them (driver/registry_default.go). */
export const unmodelled: Readonly<Record<'public' | 'admin', readonly Unmodelled[]>> = {
  public: [
    ['/self-service/methods/oidc/callback', 'GET'],
    ['/self-service/methods/oidc/callback/{provider}', 'GET', 'POST'],
    ['/.well-known/ory/webauthn.js', 'GET'],
    ['/sessions/token-exchange', 'GET'],
  ],
  admin: [
    ['/admin/metrics/prometheus', 'GET'],
    ['/admin/health/config', 'GET'],
  ],
}

/** What came with the next release. */
export const unmodelledOfNext: typeof unmodelled = {
  public: [
    ['/.well-known/change-password', 'GET'],
    ['/self-service/login/test', 'DELETE'],
  ],
  admin: [['/admin/test-login-flows', 'POST']],
}

/** A path that each modelled release of Kratos has and the mock has not, with its methods. */
type Unmodelled = readonly [path: string, ...methods: ('GET' | 'POST' | 'DELETE')[]]

const flow = (name: string): readonly Unmodelled[] => [
  [`/self-service/${name}`, 'GET', 'POST'],
  ...['api', 'browser', 'flows'].map((step): Unmodelled => [`/self-service/${name}/${step}`, 'GET']),
]

const SELF_SERVICE: readonly Unmodelled[] = [
  ...['login', 'registration', 'recovery', 'settings', 'verification'].flatMap(flow),
  ['/self-service/logout', 'GET'],
  ['/self-service/logout/browser', 'GET'],
  ['/self-service/logout/api', 'DELETE'],
  ['/self-service/errors', 'GET'],
]

/** By server, as Kratos registers them (driver/registry_default.go), on the admin one below `/admin` and be it with a redirect. */
export const unmodelled: Readonly<Record<'public' | 'admin', readonly Unmodelled[]>> = {
  public: [
    ...SELF_SERVICE,
    ['/self-service/methods/oidc/callback', 'GET'],
    ['/self-service/methods/oidc/callback/{provider}', 'GET', 'POST'],
    ['/.well-known/ory/webauthn.js', 'GET'],
    ['/sessions/token-exchange', 'GET'],
  ],
  admin: [
    ...SELF_SERVICE.map(([path, ...methods]): Unmodelled => [`/admin${path}`, ...methods]),
    ['/admin/courier/messages', 'GET'],
    ['/admin/courier/messages/{id}', 'GET'],
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

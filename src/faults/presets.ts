import { AAL2_LOGIN, AAL2_REQUIRED } from '../model/errors.ts'
import type { Effect } from './effect.ts'

/** A failure that Ory Network or Kratos is known for. */
export interface Preset {
  readonly summary: string
  readonly source: string
  readonly effect: Effect
}

/** Ory's own failures by name. */
export const presets = {
  'rate-limited': {
    summary: '429 with the rate limit headers of Ory Network: ten a second, three hundred a minute, none left.',
    source:
      'ory.com/docs/guides/rate-limits: the three headers and their form; the body is the errorGeneric of the API reference',
    effect: {
      kind: 'status',
      status: 429,
      error: {
        message: 'The rate limit was exceeded',
        reason: 'The project has reached its rate limit. Please retry later.',
      },
      headers: {
        'X-RateLimit-Limit': '10, 10;w=1, 300;w=60',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '1',
        'Retry-After': '1',
      },
    },
  },
  'gateway-timeout': {
    summary: '504 with the HTML page of the proxy that gave up; the API has done its work all the same.',
    source: 'nginx src/http/ngx_http_special_response.c, the page of proxies such as ingress-nginx before Kratos',
    effect: { kind: 'body', how: 'html', status: 504, headers: {} },
  },
  'upstream-error': {
    summary: '502 `upstream_error`, as Kratos answers when a service that it calls fails.',
    source: 'herodot v0.10.8 error_defaults.go ErrUpstreamError',
    effect: {
      kind: 'status',
      status: 502,
      error: {
        id: 'upstream_error',
        message: 'Upstream error',
        reason: 'An upstream server encountered an error or returned a malformed or unexpected response.',
      },
      headers: {},
    },
  },
  'serialization-conflict': {
    summary:
      '400, not 409 or 503, when the database could not serialize a transaction: the one 400 that may be retried.',
    source: 'ory/kratos oryx/sqlcon/error.go ErrConcurrentUpdate',
    effect: {
      kind: 'status',
      status: 400,
      error: { message: 'Unable to serialize access due to a concurrent update in another session' },
      headers: {},
    },
  },
  session_aal2_required: {
    summary: '403 `session_aal2_required`: the session needs its second factor, and `redirect_browser_to` says where.',
    source: 'ory/kratos session/handler.go, session/manager.go ErrAALNotSatisfied',
    effect: {
      kind: 'status',
      status: 403,
      error: AAL2_REQUIRED,
      headers: {},
      redirect: AAL2_LOGIN,
    },
  },
  maintenance: {
    summary: '503 with `Retry-After: 120`, while a release or a migration runs.',
    source: 'RFC 9110, 15.6.4 and 10.2.3: what such an answer says',
    effect: {
      kind: 'status',
      status: 503,
      error: { reason: 'The service is under maintenance. Please retry later.' },
      headers: { 'Retry-After': '120' },
    },
  },
  'database-error': {
    summary: '500 whose message is the raw text of the database driver.',
    source: 'ory/kratos#4100, oryx/sqlcon/error.go: what it does not know passes through',
    effect: {
      kind: 'status',
      status: 500,
      error: {
        message:
          'failed to connect to `host=kratos-postgres user=kratos database=kratos`: ' +
          'server error (FATAL: sorry, too many clients already (SQLSTATE 53300))',
      },
      headers: {},
    },
  },
} as const satisfies Readonly<Record<string, Preset>>

/** The name of one of them. */
export type PresetName = keyof typeof presets

export const presetNames: readonly PresetName[] = Object.keys(presets) as PresetName[]

/** A preset by its name, with hyphens or underscores. */
export const presetOf = (name: string): Preset | undefined => {
  const found = presetNames.find((known) => known.replaceAll('_', '-') === name.replaceAll('_', '-'))
  return found === undefined ? undefined : presets[found]
}

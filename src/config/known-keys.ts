import { anything, type Kind } from '../model/kinds.ts'
import { each, hookOf, listOf, section } from './section.ts'

/*
 * The keys of Kratos' configuration: those of 1.3, 25.4, 26.2 and what comes next, together
 * (embedx/config.schema.json). Where Kratos takes any key, so does this.
 */

const auth = section('type', { config: section('user password name value in') })
const request = section('url method headers body additionalProperties', { auth })
const webHook = section('id url method headers body can_interrupt emit_analytics_event additionalProperties', {
  auth,
  response: section('ignore parse'),
})

const hooks = listOf(
  hookOf(
    [
      'session',
      'web_hook',
      'revoke_active_sessions',
      'require_verified_address',
      'show_verification_ui',
      'verification',
      'verify_new_address',
      'notify_previous_addresses',
      'b2b_sso',
      'organization',
    ],
    webHook,
  ),
)

const before = section('', { hooks })
const after = (methods: string): Kind =>
  section('default_browser_return_url', {
    hooks,
    ...(methods === '' ? {} : each(methods, section('default_browser_return_url', { hooks }))),
  })

const flows = section('', {
  settings: section('ui_url lifespan privileged_session_max_age required_aal', {
    before,
    after: after('password totp oidc webauthn passkey lookup_secret profile saml'),
  }),
  logout: section('clear_browser_data', { after: section('default_browser_return_url') }),
  registration: section('enabled login_hints ui_url lifespan enable_legacy_one_step style', {
    before,
    after: after('password webauthn passkey oidc code saml'),
  }),
  login: section('ui_url lifespan style', {
    before,
    after: after('password webauthn passkey oidc code totp lookup_secret saml'),
  }),
  verification: section('enabled ui_url lifespan use notify_unknown_recipients', { before, after: after('') }),
  recovery: section('enabled ui_url lifespan use notify_unknown_recipients', { before, after: after('') }),
  error: section('ui_url'),
})

const provider = section(
  `id provider label client_id client_secret issuer_url auth_url token_url mapper_url microsoft_tenant subject_source
  apple_team_id apple_private_key_id apple_private_key organization_id claims_source pkce fedcm_config_url
  net_id_token_origin_header account_linking_mode update_identity_on_login scope requested_claims
  additional_id_token_audiences aal2_acr_values aal2_amr_values`,
)

const methods = section('', {
  b2b: section('', { config: section('organizations') }),
  profile: section('enabled'),
  link: section('enabled', { config: anything }),
  // Here Kratos takes any key.
  code: anything,
  password: section('enabled', {
    config: section(
      `haveibeenpwned_host haveibeenpwned_enabled max_breaches ignore_network_errors min_password_length
      identifier_similarity_check_enabled`,
      {
        migrate_hook: section('enabled', {
          config: section('url method emit_analytics_event headers body additionalProperties', { auth }),
        }),
      },
    ),
  }),
  totp: section('enabled', { config: section('issuer') }),
  lookup_secret: section('enabled'),
  webauthn: section('enabled', { config: section('passwordless rp') }),
  passkey: section('enabled', {
    config: section('rp', {
      authenticator_selection: section('attachment resident_key user_verification'),
      attestation: section('preference'),
      timeouts: section('registration login'),
    }),
  }),
  oidc: section('enabled', { config: section('base_redirect_uri', { providers: listOf(provider) }) }),
  // Kratos of Ory's own licence alone; its schema has no say in it.
  saml: anything,
  captcha: anything,
  deviceauthn: anything,
})

const email = section('subject', { body: section('plaintext html') })
const sms = section('', { body: section('plaintext') })
const message = section('', { invalid: section('', { email }), valid: section('', { email, sms }) })
const sent = section('', { valid: section('', { email, sms }) })

const courier = section('template_override_path message_retries delivery_strategy worker', {
  templates: section('', {
    ...each('recovery recovery_code verification verification_code', message),
    ...each('registration_code login_code', sent),
    verifiable_address_changed: section('', { email, sms }),
  }),
  http: section('', { request_config: request }),
  smtp: section('connection_uri client_cert_path client_key_path from_address from_name local_name headers'),
  sms: section('enabled from', { request_config: request }),
  channels: listOf(section('id type', { request_config: request })),
})

const socket = section('owner group mode')
const tls = section('', { key: section('path base64'), cert: section('path base64') })
const request_log = section('disable_for_health')

/** The whole of a configuration. */
export const configuration: Kind = section(
  `dsn version dev help sqa-opt-out watch-courier expose-metrics-port organizations revision tracing preview ciphers
  security config clients`,
  {
    selfservice: section('default_browser_return_url allowed_return_urls', { flows, methods }),
    database: section('', { cleanup: anything }),
    courier,
    oauth2_provider: section('url override_return_to headers'),
    serve: section('', {
      admin: section('base_url host port', { request_log, socket, tls }),
      public: section('base_url host port', {
        request_log,
        socket,
        tls,
        cors: section(
          `enabled allowed_origins allowed_methods allowed_headers exposed_headers allow_credentials
          options_passthrough max_age debug`,
        ),
      }),
    }),
    log: section('level leak_sensitive_values redaction_text format'),
    identity: section('default_schema_id', { schemas: anything }),
    secrets: section('default cookie pagination cipher'),
    hashers: section('algorithm', {
      argon2: section(
        `memory iterations parallelism salt_length key_length expected_duration expected_deviation dedicated_memory`,
      ),
      bcrypt: section('cost'),
    }),
    cookies: section('domain path secure same_site'),
    session: section('lifespan earliest_possible_extend', {
      whoami: section('required_aal tokenizer'),
      cookie: section('domain name persistent path secure same_site'),
    }),
    feature_flags: section(
      `cacheable_sessions cacheable_sessions_max_age use_continue_with_transitions choose_recovery_address
      legacy_continue_with_verification_ui legacy_require_verified_login_error faster_session_extend
      password_profile_registration_node_group legacy_oidc_registration_node_group legacy_allow_insecure_origins
      refresh_login_choose_address`,
    ),
    enterprise: section('identity_schema_fallback_url_template'),
  },
)

/** Its keys at the top. */
export const sections: readonly string[] = Object.keys((configuration.schema as { properties: object }).properties)

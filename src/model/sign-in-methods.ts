/** What Kratos calls the ways to sign in, each with what it proves (session/session.go, selfservice strategies). */
export const SIGN_IN_METHODS = {
  password: 'aal1',
  code: 'aal1',
  oidc: 'aal1',
  saml: 'aal1',
  passkey: 'aal1',
  link_recovery: 'aal1',
  code_recovery: 'aal1',
  totp: 'aal2',
  webauthn: 'aal2',
  lookup_secret: 'aal2',
} as const satisfies Readonly<Record<string, 'aal1' | 'aal2'>>

export type SignInMethod = keyof typeof SIGN_IN_METHODS

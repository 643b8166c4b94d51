import type { FlowKind, UiText } from '../model/flow.ts'
import { formatTime, type Micros } from '../model/time.ts'

const info = (id: number, text: string): UiText => ({ id, text, type: 'info' })
export const error = (id: number, text: string, context?: UiText['context']): UiText => ({
  id,
  text,
  type: 'error',
  ...(context === undefined ? {} : { context }),
})

const NO_ACCOUNT = 'make sure to use the address you registered with'

const emailed = (what: string, next = NO_ACCOUNT): string =>
  `An email containing ${what} has been sent to the email address you provided. If you have not received an email, check the spelling of the address and ${next}.`

const spent = (id: number, what: string, next = 'try again'): UiText =>
  error(id, `The ${what} is invalid or has already been used. Please ${next}.`)

const RETRY = 'The request was already completed successfully and can not be retried.'

/** Labels and notes, which never change (text/id.go, text/message_*.go). */
export const texts = {
  signIn: info(1010001, 'Sign in'),
  reauthenticate: info(1010003, 'Please confirm this action by verifying that it is you.'),
  secondFactor: info(1010004, 'Please complete the second authentication challenge.'),
  sendSignInCode: info(1010015, 'Send sign in code'),
  signInWithPassword: info(1010022, 'Sign in with password'),
  signUp: info(1040001, 'Sign up'),
  sendSignUpCode: info(1040006, 'Send sign up code'),
  back: info(1040008, 'Back'),
  chooseCredential: info(1040009, 'Please choose a credential to authenticate yourself with.'),
  saved: { ...info(1050001, 'Your changes have been saved!'), type: 'success' },
  recoveryLinkSent: info(1060002, emailed('a recovery link')),
  recoveryCodeSent: info(1060003, emailed('a recovery code')),
  password: info(1070001, 'Password'),
  save: info(1070003, 'Save'),
  identifier: info(1070004, 'ID'),
  email: info(1070007, 'Email'),
  resendCode: info(1070008, 'Resend code'),
  continue: info(1070009, 'Continue'),
  continueRegistration: info(1040003, 'Continue'),
  recoveryCode: info(1070010, 'Recovery code'),
  verificationCode: info(1070011, 'Verification code'),
  registrationCode: info(1070012, 'Registration code'),
  loginCode: info(1070013, 'Login code'),
  verificationLinkSent: info(1080001, emailed('a verification link')),
  verified: { ...info(1080002, 'You successfully verified your email address.'), type: 'success' },
  verificationCodeSentBySms: info(
    1080004,
    'A text message containing a verification code has been sent to the phone number you provided. If you have not received a text message, check the spelling of the number and make sure to use the number you registered with.',
  ),
  verificationCodeSent: info(1080003, emailed('a verification code')),
  identityDisabled: error(4010011, 'This account has been disabled. Please contact support for assistance.'),
  invalidCredentials: error(
    4000006,
    'The provided credentials are invalid, check for spelling mistakes in your password or username, email address, or phone number.',
  ),
  duplicateCredentials: error(
    4000007,
    'An account with the same identifier (email, phone, username, ...) exists already.',
  ),
  identifierMissing: error(
    4000009,
    'Could not find any login identifiers. Did you forget to set them? This could also be caused by a server misconfiguration.',
  ),
  addressNotVerified: error(4000010, 'Account not active yet. Did you forget to verify your email address?'),
  tooSimilar: error(4000031, 'The password can not be used because it is too similar to the identifier.'),
  noCodeUser: error(4000035, 'This account does not exist or has not setup sign in with code.'),
  traitsMismatch: error(4000036, 'The provided traits do not match the traits previously associated with this flow.'),
  sameAsOld: error(4000039, 'The new password must be different from the old password.'),
  loginCodeInvalid: spent(4010008, 'login code'),
  registrationCodeInvalid: spent(4040003, 'registration code'),
  recoveryRetry: error(4060001, RETRY),
  recoveryLinkInvalid: spent(4060004, 'recovery token', 'retry the flow'),
  recoveryCodeInvalid: spent(4060006, 'recovery code'),
  verificationRetry: error(4070002, RETRY),
  verificationLinkInvalid: spent(4070001, 'verification token', 'retry the flow'),
  verificationCodeInvalid: spent(4070006, 'verification code'),
} satisfies Readonly<Record<string, UiText>>

const noStrategyTo = (id: number, what: string): UiText =>
  error(id, `Could not find a strategy to ${what} with. Did you fill out the form correctly?`)

/** What nobody feels responsible for, by flow. */
export const noStrategy: Readonly<Record<FlowKind, UiText>> = {
  login: noStrategyTo(4010002, 'log you in'),
  registration: noStrategyTo(4010003, 'sign you up'),
  settings: error(4010004, 'Could not find a strategy to update your settings. Did you fill out the form correctly?'),
  recovery: noStrategyTo(4010005, 'recover your account'),
  verification: noStrategyTo(4010006, 'verify your account'),
}

const EXPIRED: Readonly<Record<FlowKind, number>> = {
  login: 4010001,
  registration: 4040001,
  settings: 4050001,
  recovery: 4060005,
  verification: 4070005,
}

const CODE_SENT = {
  login: [
    1010014,
    "A code was sent to the address you provided. If you didn't receive it, please check the spelling of the address and try again.",
  ],
  registration: [
    1040005,
    'A code has been sent to the address(es) you provided. If you have not received a message, check the spelling of the address and retry the registration.',
  ],
} as const

/** Kratos 1.3 spoke of e-mail alone. */
export const codeSent = (kind: 'login' | 'registration', isOld: boolean): UiText => {
  const [id, text] = CODE_SENT[kind]
  return info(id, isOld ? emailed('a code', `retry the ${kind}`) : text)
}

export const minutes = (time: Micros): string => (time / 60e6).toFixed(2)

export const flowExpired = (kind: FlowKind, at: Micros, now: Micros): UiText =>
  error(EXPIRED[kind], `The ${kind} flow expired ${minutes(now - at)} minutes ago, please try again.`, {
    expired_at: formatTime(at),
    expired_at_unix: Math.floor(at / 1e6),
  })

/** Kratos counts what is left a moment later. */
export const recovered = (left: Micros, now: Micros): UiText => ({
  ...info(
    1060001,
    `You successfully recovered your account. Please change your password or set up an alternative login method (e.g. social sign in) within the next ${minutes(left - 1)} minutes.`,
  ),
  type: 'success',
  context: {
    privilegedSessionExpiresAt: formatTime(now + left),
    privileged_session_expires_at: formatTime(now + left),
    privileged_session_expires_at_unix: Math.floor((now + left) / 1e6),
  },
})

/** The label of a trait's field; Kratos 1.3 did not say which trait it is. */
export const generatedLabel = (title: string, name: string, isOld: boolean): UiText => ({
  ...info(1070002, title),
  context: isOld ? { title } : { name, title },
})

export const generic = (reason: string): UiText => error(4000001, reason, { reason })
export const missing = (property: string): UiText => error(4000002, `Property ${property} is missing.`, { property })
export const invalidEmail = (value: string): UiText => error(4000040, 'Enter a valid email address', { value })

const lengthOf = (wanted: string, actual: number): string =>
  `The password must be at ${wanted} characters long, but got ${actual}.`

export const tooShort = (min_length: number, actual_length: number): UiText =>
  error(4000032, lengthOf(`least ${min_length}`, actual_length), { actual_length, min_length })

export const tooLong = (max_length: number, actual_length: number): UiText =>
  error(4000033, lengthOf(`most ${max_length}`, actual_length), { actual_length, max_length })

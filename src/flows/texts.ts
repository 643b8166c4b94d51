import type { FlowKind, UiText } from '../model/flow.ts'
import { formatTime, type Micros } from '../model/time.ts'

const info = (id: number, text: string): UiText => ({ id, text, type: 'info' })
export const error = (id: number, text: string, context?: UiText['context']): UiText => ({
  id,
  text,
  type: 'error',
  ...(context === undefined ? {} : { context }),
})

type TextName =
  | 'signIn'
  | 'reauthenticate'
  | 'secondFactor'
  | 'sendSignInCode'
  | 'signInWithPassword'
  | 'signUp'
  | 'sendSignUpCode'
  | 'back'
  | 'chooseCredential'
  | 'saved'
  | 'recoveryLinkSent'
  | 'recoveryCodeSent'
  | 'password'
  | 'save'
  | 'identifier'
  | 'email'
  | 'resendCode'
  | 'continue'
  | 'recoveryCode'
  | 'verificationCode'
  | 'registrationCode'
  | 'loginCode'
  | 'verificationLinkSent'
  | 'verified'
  | 'verificationCodeSent'
  | 'invalidCredentials'
  | 'identityDisabled'
  | 'verificationCodeSentBySms'
  | 'duplicateCredentials'
  | 'identifierMissing'
  | 'tooSimilar'
  | 'noCodeUser'
  | 'traitsMismatch'
  | 'sameAsOld'
  | 'loginCodeInvalid'
  | 'registrationCodeInvalid'
  | 'recoveryRetry'
  | 'recoveryLinkInvalid'
  | 'recoveryCodeInvalid'
  | 'verificationRetry'
  | 'verificationLinkInvalid'
  | 'verificationCodeInvalid'

/** Labels and notes, which never change (text/id.go, text/message_*.go). */
export const texts: Readonly<Record<TextName, UiText>> = {
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
  recoveryLinkSent: info(
    1060002,
    'An email containing a recovery link has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.',
  ),
  recoveryCodeSent: info(
    1060003,
    'An email containing a recovery code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.',
  ),
  password: info(1070001, 'Password'),
  save: info(1070003, 'Save'),
  identifier: info(1070004, 'ID'),
  email: info(1070007, 'Email'),
  resendCode: info(1070008, 'Resend code'),
  continue: info(1070009, 'Continue'),
  recoveryCode: info(1070010, 'Recovery code'),
  verificationCode: info(1070011, 'Verification code'),
  registrationCode: info(1070012, 'Registration code'),
  loginCode: info(1070013, 'Login code'),
  verificationLinkSent: info(
    1080001,
    'An email containing a verification link has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.',
  ),
  verified: { ...info(1080002, 'You successfully verified your email address.'), type: 'success' },
  verificationCodeSentBySms: info(
    1080004,
    'A text message containing a verification code has been sent to the phone number you provided. If you have not received a text message, check the spelling of the number and make sure to use the number you registered with.',
  ),
  verificationCodeSent: info(
    1080003,
    'An email containing a verification code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and make sure to use the address you registered with.',
  ),
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
  tooSimilar: error(4000031, 'The password can not be used because it is too similar to the identifier.'),
  noCodeUser: error(4000035, 'This account does not exist or has not setup sign in with code.'),
  traitsMismatch: error(4000036, 'The provided traits do not match the traits previously associated with this flow.'),
  sameAsOld: error(4000039, 'The new password must be different from the old password.'),
  loginCodeInvalid: error(4010008, 'The login code is invalid or has already been used. Please try again.'),
  registrationCodeInvalid: error(
    4040003,
    'The registration code is invalid or has already been used. Please try again.',
  ),
  recoveryRetry: error(4060001, 'The request was already completed successfully and can not be retried.'),
  recoveryLinkInvalid: error(4060004, 'The recovery token is invalid or has already been used. Please retry the flow.'),
  recoveryCodeInvalid: error(4060006, 'The recovery code is invalid or has already been used. Please try again.'),
  verificationRetry: error(4070002, 'The request was already completed successfully and can not be retried.'),
  verificationLinkInvalid: error(
    4070001,
    'The verification token is invalid or has already been used. Please retry the flow.',
  ),
  verificationCodeInvalid: error(
    4070006,
    'The verification code is invalid or has already been used. Please try again.',
  ),
}

/** What nobody feels responsible for, by flow. */
export const noStrategy: Readonly<Record<FlowKind, UiText>> = {
  login: error(4010002, 'Could not find a strategy to log you in with. Did you fill out the form correctly?'),
  registration: error(4010003, 'Could not find a strategy to sign you up with. Did you fill out the form correctly?'),
  settings: error(4010004, 'Could not find a strategy to update your settings. Did you fill out the form correctly?'),
  recovery: error(
    4010005,
    'Could not find a strategy to recover your account with. Did you fill out the form correctly?',
  ),
  verification: error(
    4010006,
    'Could not find a strategy to verify your account with. Did you fill out the form correctly?',
  ),
}

const EXPIRED: Readonly<Record<FlowKind, number>> = {
  login: 4010001,
  registration: 4040001,
  settings: 4050001,
  recovery: 4060005,
  verification: 4070005,
}

/** Kratos 1.3 spoke of e-mail alone. */
export const codeSent = (kind: 'login' | 'registration', isOld: boolean): UiText => {
  if (kind === 'login') {
    return info(
      1010014,
      isOld
        ? 'An email containing a code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and retry the login.'
        : "A code was sent to the address you provided. If you didn't receive it, please check the spelling of the address and try again.",
    )
  }
  return info(
    1040005,
    isOld
      ? 'An email containing a code has been sent to the email address you provided. If you have not received an email, check the spelling of the address and retry the registration.'
      : 'A code has been sent to the address(es) you provided. If you have not received a message, check the spelling of the address and retry the registration.',
  )
}

export const minutes = (time: Micros): string => (time / 60e6).toFixed(2)

export const flowExpired = (kind: FlowKind, ago: Micros): UiText =>
  error(EXPIRED[kind], `The ${kind} flow expired ${minutes(ago)} minutes ago, please try again.`)

export const recovered = (left: Micros, now: Micros): UiText => ({
  ...info(
    1060001,
    `You successfully recovered your account. Please change your password or set up an alternative login method (e.g. social sign in) within the next ${minutes(left)} minutes.`,
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

export const tooLong = (max_length: number, actual_length: number): UiText =>
  error(4000033, `The password must be at most ${max_length} characters long, but got ${actual_length}.`, {
    actual_length,
    max_length,
  })

export const tooShort = (min_length: number, actual_length: number): UiText =>
  error(4000032, `The password must be at least ${min_length} characters long, but got ${actual_length}.`, {
    actual_length,
    min_length,
  })

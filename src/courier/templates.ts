import type { Profile } from '../profiles/profile.ts'

/** What a template is filled with. */
export interface MailData {
  readonly code?: string
  readonly link?: string
  /** The host that the flow was asked of. */
  readonly domain: string
  /** How long code or link hold, in whole minutes. */
  readonly minutes: number
}

/** A subject, and the paragraphs below it; `{code}`, `{link}` and `{minutes}` stand for what is filled in. */
type Template = readonly [subject: string, ...paragraphs: readonly string[]]

const NOT_ME = 'If this was not you, please ignore this email.'
const OTHER_ADDRESS = 'If this was you, check if you signed up using a different address.'

const unknownRecovery: Template = [
  'Account access attempted',
  'Hi,',
  'you (or someone else) entered this email address when trying to recover access to an account.',
  'However, this email address is not on our database of registered users and therefore the attempt has failed.',
  OTHER_ADDRESS,
  NOT_ME,
]

const unknownVerification = (...greeting: readonly string[]): Template => [
  'Someone tried to verify this email address',
  ...greeting,
  OTHER_ADDRESS,
  NOT_ME,
]

const greeted = unknownVerification(
  'Hi,',
  'someone asked to verify this email address, but we were unable to find an account for this address.',
)

/** The built-in templates, by `template_type` (courier/template/courier/builtin). */
const templates = {
  login_code_valid: [
    'Use code {code} to log in',
    'Login to your account with the following code:',
    '{code}',
    'It expires in {minutes} minutes.',
  ],
  registration_code_valid: [
    'Use code {code} to complete your account registration',
    'Complete your account registration with the following code:',
    '{code}',
    'This code expires in {minutes} minutes.',
  ],
  recovery_code_valid: [
    'Use code {code} to recover access to your account',
    'Recover access to your account by entering the following code:',
    '{code}',
    'If this was not you, do nothing. This code expires in {minutes} minutes.',
  ],
  recovery_code_invalid: unknownRecovery,
  recovery_valid: [
    'Recover access to your account',
    'Recover access to your account by clicking the following link:',
    '{link}',
    'If this was not you, do nothing. This link expires in {minutes} minutes.\n',
  ],
  recovery_invalid: unknownRecovery,
  verification_code_valid: [
    'Use code {code} to verify your account',
    'Verify your account with the following code:',
    '{code}',
    'or clicking the following link:',
    '{link}',
    'If this was not you, do nothing. This code / link expires in {minutes} minutes.',
  ],
  verification_code_invalid: greeted,
  verification_valid: [
    'Please verify your email address',
    'Verify your account by opening the following link:',
    '{link}',
    'If this was not you, do nothing. This link expires in {minutes} minutes.',
  ],
  verification_invalid: unknownVerification(
    'Someone asked to verify this email address, but we were unable to find an account for this address.',
  ),
} satisfies Readonly<Record<string, Template>>

export type TemplateType = keyof typeof templates

/** What Kratos 1.3 asks for, and how. */
const please = (subject: string, what: string, ...rest: readonly string[]): Template => [
  subject,
  'Hi,',
  `please ${what} by entering the following code:`,
  '{code}',
  ...rest,
]

/** Those of Kratos 1.3, where they differ. */
const old: Readonly<Partial<Record<TemplateType, Template>>> = {
  login_code_valid: please('Login to your account', 'login to your account'),
  registration_code_valid: please('Complete your account registration', 'complete your account registration'),
  recovery_code_valid: please('Recover access to your account', 'recover access to your account'),
  recovery_valid: [
    'Recover access to your account',
    'Hi,',
    'please recover access to your account by clicking the following link:',
    '{link}',
  ],
  verification_code_valid: please(
    'Please verify your email address',
    'verify your account',
    'or clicking the following link:',
    '{link}',
  ),
  verification_valid: [
    'Please verify your email address',
    'Hi, please verify your account by clicking the following link:',
    '{link}\n',
  ],
  verification_invalid: greeted,
}

interface Rendered {
  readonly body: string
  readonly subject: string
}

/** The subject and the text of a letter. */
export const render = (type: TemplateType, data: MailData, { knows }: Profile): Rendered => {
  const filled = (text: string): string =>
    text.replaceAll(/\{(code|link|minutes)\}/g, (_, name: keyof MailData) => String(data[name]))
  const [subject, ...paragraphs]: Template = (knows('v25.4.0') ? undefined : old[type]) ?? templates[type]
  return { body: `${paragraphs.map(filled).join('\n\n')}\n`, subject: filled(subject) }
}

/** A code as a text message brings it; in the next release phones may take it over for the domain of the application. */
export const renderSms = (type: TemplateType, { code, minutes, domain }: MailData, { knows }: Profile): Rendered => {
  const what = type.replace('_code_valid', '')
  const first = `Your ${what} code is: ${code}\n`
  if (!knows('v25.4.0')) return { body: first, subject: '' }
  const notMe = what === 'verification' ? 'If this was not you, do nothing. ' : ''
  const last = knows('next') ? `\n@${domain} #${code}\n` : ''
  return { body: `${first}\n${notMe}It expires in ${minutes} minutes.\n${last}`, subject: '' }
}

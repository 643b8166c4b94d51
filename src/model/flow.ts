import type { JsonText } from './identity.ts'
import type { Micros } from './time.ts'

/** A message or label of a form (text/message.go). */
export interface UiText {
  readonly id: number
  readonly text: string
  readonly type: 'info' | 'error' | 'success'
  /** Keys sorted, as Go's maps are printed. */
  readonly context?: Readonly<Record<string, unknown>>
}

/** Attributes in the order in which Go prints them; what is undefined is left out. */
export interface UiAttributes {
  readonly name?: string | undefined
  type?: string | undefined
  value?: unknown
  readonly required?: boolean | undefined
  readonly autocomplete?: string | undefined
  readonly pattern?: string | undefined
  readonly disabled?: boolean | undefined
  readonly maxlength?: number | undefined
  readonly href?: string | undefined
  readonly title?: UiText | undefined
  readonly id?: string | undefined
}

/** A node of a flow's form while a request works on it (ui/node/node.go). */
export interface UiNode {
  readonly type: 'input' | 'a'
  group: string
  readonly attributes: UiAttributes
  messages: UiText[]
  readonly label: UiText | undefined
}

/** A form while a request works on it (ui/container/container.go). `nodes` are null until there is one. */
export interface Ui {
  action: string
  method: 'POST' | 'GET'
  nodes: UiNode[] | null
  messages: UiText[]
}

/** A one-time code or link that a flow sent out. */
export interface SentCode {
  /** Six digits, or a link's token. */
  readonly secret: string
  readonly kind: 'code' | 'link'
  readonly identity_id: string
  /** The address that it went to; `''` for one that an administrator asked for. */
  readonly address: string
  readonly via: string
  readonly expires: Micros
  used: boolean
}

export type FlowKind = 'login' | 'registration' | 'recovery' | 'verification' | 'settings'

/** A submission that waits, and who made it. */
export interface PausedSubmission {
  readonly identity_id: string
  readonly expires: Micros
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** A self-service flow. A stored one is never changed: a request works on a copy and stores that. */
export interface Flow {
  readonly id: string
  readonly kind: FlowKind
  readonly type: 'api' | 'browser'
  readonly expires: Micros
  readonly expires_at: string
  readonly issued_at: string
  request_url: string
  return_to: string
  active: string
  ui: Ui
  state: string
  /** The masked anti-CSRF token that a browser flow is bound to. */
  csrf: string
  readonly created_at: string
  readonly updated_at: string
  /** Login. */
  readonly refresh: boolean
  readonly requested_aal: 'aal1' | 'aal2'
  /** Login and registration. */
  organization_id: string | null
  readonly exchange_code: string
  readonly identity_schema: string
  /** Whose settings they are, and whom a recovery recovered. */
  identity_id: string | null
  codes: SentCode[]
  /** How many codes were tried. */
  tries: number
  /** Whether an administrator made it, so that no browser holds its anti-CSRF cookie. */
  readonly skip_csrf: boolean
  /** Settings: what was submitted, by method, and waits for somebody to sign in once more. */
  paused: Readonly<Record<string, PausedSubmission>>
  /** The forms of both steps of a registration, between which Kratos 1.3 goes. */
  steps: Readonly<Record<'traits' | 'credentials', readonly UiNode[]>> | null
}

/** What the courier holds: nobody sends it. Its parts stand in the order in which Go prints them (courier/message.go). */
export interface Message {
  readonly created: Micros
  readonly created_at: string
  readonly id: string
  readonly status: 'queued'
  readonly type: 'email' | 'phone' | 'sms'
  readonly recipient: string
  readonly body: string
  readonly subject: string
  readonly template_type: string
  readonly channel: string
}

/** An error that a browser was sent to a page for. */
export interface FlowError {
  readonly id: string
  readonly error: JsonText
  readonly created_at: string
}

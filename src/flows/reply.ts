import type { KratosError } from '../model/errors.ts'
import type { JsonText } from '../model/identity.ts'
import type { Query } from '../go/query.ts'

/** A request as flows look at it. */
export interface FlowRequest {
  readonly method: string
  /** As it was sent, below the public URL: `/self-service/login/api?refresh=true`. */
  readonly target: string
  readonly query: Query
  header(name: string): string | undefined
  /** The token of a session, from wherever Kratos looks for it. */
  readonly token: string | undefined
  readonly body: Uint8Array
  /** Whether Kratos leaves the anti-CSRF cookie alone (nosurf IgnorePath): native flows, submissions, native logout. */
  readonly keepsCsrfCookie: boolean
}

/** What a flow answers; `http/` makes an answer of it. */
export type FlowReply =
  | {
      readonly kind: 'json'
      readonly status: number
      readonly body: JsonText
    }
  | { readonly kind: 'redirect'; readonly status: 302 | 303; readonly location: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'error'; readonly error: KratosError }

export const json = (body: JsonText, status = 200): FlowReply => ({ kind: 'json', status, body })
export const seeOther = (location: string): FlowReply => ({ kind: 'redirect', status: 303, location })
export const refused = (error: KratosError): FlowReply => ({ kind: 'error', error })

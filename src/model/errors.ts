import type { HeaderList } from './headers.ts'
/** The default texts of the statuses (herodot error_defaults.go, Go's net/http). */
const DEFAULTS: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ['Bad Request', 'The request was malformed or contained invalid parameters'],
  401: ['Unauthorized', 'The request could not be authorized'],
  403: ['Forbidden', 'The requested action was forbidden'],
  404: ['Not Found', 'The requested resource could not be found'],
  405: ['Method Not Allowed', 'The method is not allowed here'],
  408: ['Request Timeout', 'The request timed out'],
  409: ['Conflict', 'The resource could not be created due to a conflict'],
  410: ['Gone', 'The requested resource is no longer there'],
  413: ['Request Entity Too Large', 'The request body is too large'],
  429: ['Too Many Requests', 'The rate limit was exceeded'],
  500: ['Internal Server Error', 'An internal server error occurred, please contact the system administrator'],
  501: ['Not Implemented', 'This mock does not model the request'],
  502: ['Bad Gateway', 'An upstream server gave an invalid answer'],
  503: ['Service Unavailable', 'The service is unavailable'],
  504: ['Gateway Timeout', 'An upstream server gave no answer in time'],
}

/** Statuses that only fault rules give (Go's http.StatusText). */
const OTHERS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  402: 'Payment Required',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  411: 'Length Required',
  412: 'Precondition Failed',
  414: 'Request URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  511: 'Network Authentication Required',
}

export const statusText = (code: number): string => DEFAULTS[code]?.[0] ?? OTHERS[code] ?? `Status ${code}`

export interface ErrorParts {
  readonly id?: string
  readonly reason?: string
  readonly message?: string
  readonly details?: Readonly<Record<string, unknown>>
  /** The HTTP status, where Kratos sends one that differs from the body's code. */
  readonly http?: number
  /** Fields beside `error` in the body, such as `redirect_browser_to`. */
  readonly beside?: Readonly<Record<string, unknown>>
  readonly headers?: HeaderList
}

/** An error as Kratos answers it: rules throw it, and only `http/errors` writes it. */
export class KratosError extends Error {
  override readonly name = 'KratosError'
  readonly code: number
  readonly parts: ErrorParts

  constructor(code: number, parts: ErrorParts = {}) {
    super(parts.message ?? DEFAULTS[code]?.[1] ?? statusText(code))
    this.code = code
    this.parts = parts
  }
}

/** What later releases call an error of their own configuration (herodot ErrMisconfiguration). */
export const MISCONFIGURED: Required<Pick<ErrorParts, 'id' | 'message'>> = {
  id: 'invalid_configuration',
  message: 'Invalid configuration',
}

/** What a session that lacks its second factor is told (session/manager.go ErrAALNotSatisfied). */
export const AAL2_REQUIRED: Required<Pick<ErrorParts, 'id' | 'message' | 'reason'>> = {
  id: 'session_aal2_required',
  message: 'Session does not fulfill the requested Authenticator Assurance Level',
  reason:
    'An active session was found but it does not fulfill the requested Authenticator Assurance Level. ' +
    'Please verify yourself with a second factor to resolve this issue.',
}

/** Where on the public server it gets that factor. */
export const AAL2_LOGIN = '/self-service/login/browser?aal=aal2'

/** The row was not there (oryx/sqlcon: no rows). */
export const notLocated = (): KratosError => new KratosError(404, { message: 'Unable to locate the resource' })

/** The connection ends without an answer: where a release of Kratos does that, or a fault rule. */
export class DroppedConnection extends Error {
  override readonly name = 'DroppedConnection'
  readonly how: 'reset' | 'close'

  constructor(how: 'reset' | 'close') {
    super(`connection ${how}`)
    this.how = how
  }
}

/** A panic of Go that a server answers, as the next release of Kratos does. */
export class Panic extends Error {
  override readonly name = 'Panic'
}

/** A method is off that a request asks for. */
export const methodOff = (): KratosError =>
  new KratosError(404, {
    reason:
      'This endpoint was disabled by system administrator. Please check your url or contact the system administrator to enable it.',
  })

import { isObject } from '../model/json.ts'
import { platformFetch } from '../model/platform-fetch.ts'
import { sleep } from '../world/timer.ts'

/** How long who holds a port is let to say that it is a mock, in milliseconds. */
const PATIENCE = 2000

const NO_ADDRESS: readonly string[] = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']

/** The system's error for what it could not bind. */
interface SystemError extends Error {
  readonly code: string
  readonly port?: number
}

const isOfSystem = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** What was to be bound, and by which option. */
interface Place {
  /** As in a URL. */
  readonly host: string
  readonly option: 'port' | 'publicPort'
}

/** A port or an address that cannot be bound; the cause is the system's error. */
export class UnboundError extends Error {
  override readonly name = 'UnboundError'
  /** The system's, such as EADDRINUSE. */
  readonly code: string
  readonly port: number | undefined
  readonly #why: string
  readonly #remedy: Place['option'] | undefined

  constructor(cause: SystemError, why: string, remedy: Place['option'] | undefined) {
    super('', { cause })
    this.code = cause.code
    this.port = cause.port
    this.#why = why
    this.#remedy = remedy
    this.message = this.inWords((option) => `${option}: 0`)
  }

  /** Why, and what helps. @param freePort how an option is spelled that asks for any free port. */
  inWords(freePort: (option: Place['option']) => string): string {
    return this.#remedy === undefined ? this.#why : `${this.#why}; ${freePort(this.#remedy)} takes any free one`
  }
}

/** The profile of the mock that answers at a port, if one does. */
const mockAt = async (host: string, port: number): Promise<string | undefined> => {
  const leaving = new AbortController()
  const ask = async (): Promise<unknown> => {
    const answer = await platformFetch(`http://${host}:${port}/_mock/health`, { signal: leaving.signal })
    return answer.json()
  }
  const health = await Promise.race([ask().catch(() => undefined), sleep(PATIENCE, leaving.signal)])
  leaving.abort()
  return isObject(health) && health['status'] === 'ok' && typeof health['profile'] === 'string'
    ? health['profile']
    : undefined
}

/** What a port could not be bound for, in words and with what helps; any other error as it is. */
export const unbound = async (error: unknown, { host, option }: Place): Promise<unknown> => {
  if (!isOfSystem(error)) return error
  const { code, port } = error
  if (NO_ADDRESS.includes(code))
    return new UnboundError(error, `this machine has no address ${host} to bind`, undefined)
  if (port === undefined) return error
  if (code === 'EACCES') return new UnboundError(error, `this user may not open port ${port}`, option)
  if (code !== 'EADDRINUSE') return error
  const profile = await mockAt(host, port)
  const holder = profile === undefined ? '' : ` (a mock answers there, as ${profile})`
  return new UnboundError(error, `port ${port} is in use${holder}`, option)
}

import { serveMock, type Started } from '../mock.ts'
import type { Given } from './arguments.ts'
import { version } from './version.ts'

/** What the ready line says. */
export interface Ready {
  readonly url: string
  readonly publicUrl: string
  readonly controlUrl: string
  readonly profile: unknown
  readonly identities: unknown
  readonly sessions: unknown
  readonly version: string
  readonly pid: number
}

export interface Running extends Pick<Started, 'mock' | 'reseed'> {
  readonly ready: Ready
}

/** Starts a mock as the command line asks, which logs more in a terminal. */
export const start = async ({ options }: Given): Promise<Running> => {
  const { mock, control, reseed } = await serveMock({ logLevel: process.stderr.isTTY ? 'info' : 'error', ...options })
  const { url, publicUrl } = mock
  const { profile, identities, sessions } = control.health()
  const ready = {
    url,
    publicUrl,
    controlUrl: `${url}/_mock`,
    profile,
    identities,
    sessions,
    version: version(),
    pid: process.pid,
  }
  return { mock, reseed, ready }
}

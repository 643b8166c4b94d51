import { urlOf } from './model/url-of.ts'
import { clientOf, type Ways } from './control/client.ts'
import { fetchOverHttp } from './control/handle.ts'
import { overHttp } from './control/remote.ts'
import type { Mock } from './mock-interface.ts'
import { shown } from './model/flaw.ts'

const ways: Ways = { control: overHttp, api: fetchOverHttp, close: async () => {} }

export interface ConnectOptions {
  /** Where the public API is, when it has a port of its own, as `GET /_mock/health` says. Default: the same URL. */
  readonly publicUrl?: string | undefined
}

const rootOf = (url: string | URL | undefined): string => {
  if (url === undefined || url === '') {
    throw new TypeError(
      `connect needs the URL of a mock, such as http://127.0.0.1:4434, and got ${url === '' ? 'an empty text' : 'undefined'}. ` +
        'Is the variable of the environment set, and the mock started before?',
    )
  }
  const parsed = typeof url === 'string' || url instanceof URL ? urlOf(url) : undefined
  if (parsed === undefined) throw new TypeError(`${shown(url)} is no URL of a mock, such as http://127.0.0.1:4434.`)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new TypeError(`${parsed.href} is no http URL.`)
  // The URL of the control plane is meant as its root.
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '').replace(/\/_mock$/, '')}`
}

/**
 * Controls a mock in another process. `close` leaves it running.
 * @param url of a mock or of one of its projects.
 * @throws TypeError for what is no URL, such as a variable that is not set. Whether a mock is there shows with the first call.
 * @example const ory = connect(process.env.ORY_MOCK_URL)
 */
export const connect = (url: string | URL | undefined, options: ConnectOptions = {}): Mock => {
  const { publicUrl } = options
  const stray = Object.keys(options).find((name) => name !== 'publicUrl')
  if (stray !== undefined) throw new TypeError(`connect has no option ${stray}; it takes publicUrl.`)
  const root = rootOf(url)
  return clientOf(ways, { url: root, publicUrl: publicUrl === undefined ? root : rootOf(publicUrl) })
}

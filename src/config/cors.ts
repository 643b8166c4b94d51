import { noCors, type Cors } from '../model/cors.ts'
import type { Part } from './part.ts'

/** As a browser writes it, or with one `*` for any part of it. */
const ORIGIN = /^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+)$/i

/** A header's name as Go writes it. */
const canonical = (name: string): string =>
  name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase())

/** `serve.public.cors`: where it is enabled and names no origin, every one is let in. */
export const readCors = (root: Part): Cors => {
  const cors = root.at('serve', 'public', 'cors')
  const origins = cors.at('allowed_origins').list()
  for (const one of origins)
    if (one.isThere && !ORIGIN.test(one.text('*')))
      one.say(`must be an origin such as https://example.com, without a path, not ${JSON.stringify(one.text(''))}`)
  const named = origins.map((one) => one.text(''))
  const methods = cors.at('allowed_methods').texts(noCors.methods)
  const exposed = cors.at('exposed_headers')
  const read: Cors = {
    origins: cors.at('allowed_origins').isThere ? named : ['*'],
    methods: [...methods.map((method) => method.toUpperCase()), 'OPTIONS'],
    headers: cors
      .at('allowed_headers')
      .texts(noCors.headers)
      .map((name) => name.toLowerCase())
      .toSorted(),
    exposed: exposed.isThere ? exposed.texts([]).map(canonical).join(', ') : noCors.exposed,
    credentials: cors.at('allow_credentials').flag(noCors.credentials),
    maxAge: cors.at('max_age').count(noCors.maxAge),
  }
  return cors.at('enabled').flag(false) ? read : noCors
}

import type { Answer } from '../../model/answer.ts'
import { platformHeaders } from '../../model/headers.ts'
import type { Call } from './answers.ts'
import type { ControlApp } from './control-app.ts'
import type * as handlers from './page-handlers.ts'

type Handlers = typeof handlers

/** What a person looks at, and what the page asks for: by path, without the `/_mock` before it. */
const ROUTES: Readonly<Record<string, keyof Handlers>> = {
  'GET ': 'directory',
  'GET /ui': 'page',
  'GET /ui/:param': 'pagePart',
  'GET /events': 'events',
  'GET /project': 'project',
  'GET /people': 'people',
  'GET /people/:param': 'person',
  'GET /people/:param/sessions': 'personSessions',
  'GET /mail': 'mail',
  'GET /rows': 'rows',
  'POST /clock/next-expiry': 'toNextExpiry',
}

const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(body === '' ? null : body, { status, headers: platformHeaders(headers) })

/** Adds them. A handler is loaded when somebody first asks for it: most starts are not for a person to look at. */
export const addPage = (app: ControlApp): void => {
  for (const [route, name] of Object.entries(ROUTES)) {
    const [method = '', path = ''] = route.split(' ')
    app.on(method, path, async (c) => {
      const call: Call = { ...c.env, param: c.req.param('param') ?? '' }
      const made = await (await import('./page-handlers.ts'))[name](call)
      return made instanceof Response ? made : responseOf(made)
    })
  }
}

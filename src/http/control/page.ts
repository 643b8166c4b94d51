import type { ControlRoute, Handler } from './answers.ts'
import type * as handlers from './page-handlers.ts'

type Handlers = typeof handlers

/** A handler that is loaded when somebody first asks for it: most starts are not for a person to look at. */
const later =
  (name: keyof Handlers): Handler =>
  async (call) =>
    (await import('./page-handlers.ts'))[name](call)

/** What a person looks at, and what the page asks for. */
export const pageRoutes: readonly ControlRoute[] = [
  ['GET', '', later('directory')],
  ['GET', '/ui', later('page')],
  ['GET', '/ui/:param', later('pagePart')],
  ['GET', '/events', later('events')],
  ['GET', '/project', later('project')],
  ['GET', '/people', later('people')],
  ['GET', '/people/:param', later('person')],
  ['GET', '/people/:param/sessions', later('personSessions')],
  ['GET', '/rows', later('rows')],
  ['POST', '/clock/next-expiry', later('toNextExpiry')],
]

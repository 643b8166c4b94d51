import { KratosError } from '../model/errors.ts'
import { goStruct, goText, type GoType } from '../go/json-decode.ts'
import { decodeRequest } from '../api/body.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { secureReturn } from './return-to.ts'
import { noActiveSession } from './settings.ts'
import { logoutToken } from './sign-in.ts'
import { withParams, type Visit } from './visit.ts'
import { goJson } from '../model/json.ts'

interface LogoutBody {
  readonly session_token: string
}

const logoutBody: GoType<LogoutBody> = goStruct('logout.performNativeLogoutBody', { session_token: goText() })

/** `DELETE /self-service/logout/api` (selfservice/flow/logout/handler.go). */
export const performNativeLogout = (visit: Visit): FlowReply => {
  const { world, request } = visit
  const { session_token: token } = decodeRequest(world, logoutBody, {
    method: request.method,
    contentType: request.header('content-type') ?? '',
    isEmpty: request.body.length === 0,
    bytes: request.body,
  })
  const session = world.store.tables.tokens.get({ token })
  if (session === undefined)
    return refused(
      new KratosError(403, {
        reason: 'The provided Ory Session Token could not be found, is invalid, or otherwise malformed.',
      }),
    )
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
  return { kind: 'empty' }
}

/** `GET /self-service/logout/browser`: where a browser signs out. */
export const createBrowserLogout = (visit: Visit): FlowReply => {
  if (visit.caller === undefined) return visit.forward(noActiveSession())
  const asked = visit.request.query.get('return_to')
  let params: Record<string, string>
  const token = logoutToken(visit.caller.session)
  try {
    params = { token, ...(asked === '' ? {} : { return_to: secureReturn(visit, asked, '') }) }
  } catch (error) {
    if (error instanceof KratosError) return visit.forward(error)
    throw error
  }
  const logout_url = withParams(`${visit.publicUrl}/self-service/logout`, params)
  // Kratos encodes this one without Go's HTML escapes being in the way: `&` leaves as an escape.
  return json(`{"logout_url":${goJson(logout_url)},"logout_token":"${token}"}`)
}

/** `GET /self-service/logout?token=`. */
export const updateLogout = (visit: Visit): FlowReply => {
  const { query } = visit.request
  const token = query.get('token')
  if (token === '') return visit.forward(new KratosError(400, { reason: 'Please include a token in the URL query.' }))
  if (visit.caller === undefined) return visit.forward(noActiveSession())
  const { session } = visit.caller
  if (logoutToken(session) !== token)
    return visit.forward(
      new KratosError(403, {
        reason: 'Unable to log out because the logout token in the URL query does not match the session cookie.',
      }),
    )
  visit.world.store.write((draft) => draft.putSession({ ...session, active: false }))
  visit.dropCookie(session)
  visit.renewCsrf()
  const { config } = visit
  try {
    const location = secureReturn(visit, query.get('return_to'), config.logoutReturnUrl ?? config.defaultReturnUrl)
    return visit.isJson ? { kind: 'empty' } : seeOther(location)
  } catch (error) {
    if (error instanceof KratosError) return visit.forward(error)
    throw error
  }
}

import { KratosError } from '../model/errors.ts'
import { bytesOf, textOf } from '../go/bytes.ts'
import { goStruct, goText, type GoType } from '../go/json-decode.ts'
import { decodeRequest } from '../api/body.ts'
import { json, seeOther, type FlowReply } from './reply.ts'
import { secureReturn } from './return-to.ts'
import { noActiveSession } from './settings.ts'
import { logoutToken } from './sign-in.ts'
import { withParams, type Visit } from './visit.ts'
import { goJson } from '../model/json.ts'

const logoutBody: GoType<{ readonly session_token: string }> = goStruct('logout.performNativeLogoutBody', {
  session_token: goText(),
})

/** `DELETE /self-service/logout/api` (selfservice/flow/logout/handler.go). @throws KratosError */
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
    throw new KratosError(403, {
      reason: 'The provided Ory Session Token could not be found, is invalid, or otherwise malformed.',
    })
  visit.about = session.identity_id
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
  return { kind: 'empty' }
}

/** `GET /self-service/logout/browser`: where a browser signs out. @throws KratosError */
export const createBrowserLogout = (visit: Visit): FlowReply => {
  if (visit.caller === undefined) throw noActiveSession()
  const asked = visit.request.query.get('return_to')
  const token = logoutToken(visit.caller.session)
  const params = { token, ...(asked === '' ? {} : { return_to: bytesOf(secureReturn(visit, textOf(asked), '')) }) }
  const logout_url = withParams(`${visit.publicUrl}/self-service/logout`, params)
  // Kratos encodes this one without Go's HTML escapes being in the way: `&` leaves as an escape.
  return json(`{"logout_url":${goJson(logout_url)},"logout_token":"${token}"}`)
}

/** `GET /self-service/logout?token=`. @throws KratosError */
export const updateLogout = (visit: Visit): FlowReply => {
  const { world, config, caller, request } = visit
  const token = request.query.get('token')
  if (token === '') throw new KratosError(400, { reason: 'Please include a token in the URL query.' })
  if (caller === undefined) throw noActiveSession()
  const { session } = caller
  if (logoutToken(session) !== token)
    throw new KratosError(403, {
      reason: 'Unable to log out because the logout token in the URL query does not match the session cookie.',
    })
  visit.about = session.identity_id
  world.store.write((draft) => draft.putSession({ ...session, active: false }))
  visit.dropCookie(session)
  visit.renewCsrf()
  const otherwise = config.logoutReturnUrl ?? config.defaultReturnUrl
  const location = secureReturn(visit, textOf(request.query.get('return_to')), otherwise)
  return visit.isJson ? { kind: 'empty' } : seeOther(location)
}

import { KratosError } from '../model/errors.ts'
import type { Answer } from '../model/answer.ts'
import type { HeaderList } from '../model/headers.ts'
import { nearestPath } from '../model/nearest-operation.ts'
import type { Exchange } from '../api/exchange.ts'

/** Go's http.Error. */
export const plainText = (status: number, text: string, headers: HeaderList = []): Answer => ({
  status,
  headers: [...headers, 'Content-Type', 'text/plain; charset=utf-8', 'X-Content-Type-Options', 'nosniff'],
  body: `${text}\n`,
})

/** What net/http says to a target that it cannot read, before any handler, and ends the connection with. */
export const badRequest = ({ world }: Exchange): Answer => {
  if (!world.profile.has.unmodelledIsPlain404)
    throw new KratosError(400, { reason: 'The request target has a bad percent-escape.' })
  const headers = ['Content-Type', 'text/plain; charset=utf-8', 'Connection', 'close']
  return { status: 400, headers, body: '400 Bad Request', raw: true }
}

/** What Go's ServeMux says to the target `*`. */
export const asterisk = (): Answer => ({ status: 400, headers: ['Connection', 'close'], body: '' })

/** The answer to a wrong method: Go's, or errorGeneric. */
export const wrongMethod = (exchange: Exchange, allowed: readonly string[]): Answer => {
  const methods = [...new Set(allowed)].sort().join(', ')
  const headers = ['Allow', methods]
  if (exchange.world.profile.has.unmodelledIsPlain404) return plainText(405, 'Method Not Allowed', headers)
  throw new KratosError(405, { reason: `${exchange.method} is not served here; ${methods} are.`, headers })
}

const refuseUnmodelled = ({ method, target }: Exchange, near?: string): never => {
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  throw new KratosError(501, {
    reason: `ory-identities-mock does not model ${method} ${target.path}.${hint} Its README has the table of operations.`,
  })
}

/** The answer to what Kratos has and the mock has not, whatever the profile: nobody should take it for Kratos' own. */
export const notModelled = (exchange: Exchange): never => refuseUnmodelled(exchange)

/** The answer to a path that nobody has: Go's, or errorGeneric that says whose fault it is. */
export const nothingThere = (exchange: Exchange): Answer =>
  exchange.world.profile.has.unmodelledIsPlain404
    ? plainText(404, '404 page not found')
    : refuseUnmodelled(exchange, nearestPath(exchange.target.path))

import { bytesOf, quote } from '../../go/bytes.ts'
import { decodeGo, goSlice, goStruct, goText } from '../../go/json-decode.ts'
import { GoJsonError, parseBody } from '../../go/json-parse.ts'
import { parseUuid } from '../../go/uuid.ts'
import { KratosError } from '../../model/errors.ts'
import { bodyOf, TOO_LARGE } from '../body.ts'
import type { Exchange, Route } from '../exchange.ts'
import { jsonAnswer } from '../json.ts'
import { sessionsOwnedBy } from './locate-session.ts'

/** `manageSessionsBody` of the reference. */
const body = goStruct<{
  readonly action: string
  readonly identities: readonly string[] | null
  readonly sessions: readonly string[] | null
}>('session.ManageSessionsBody', {
  action: goText('session.ManageSessionsAction'),
  identities: goSlice(goText()),
  sessions: goSlice(goText()),
})

const EVERYTHING = '*'
const MOST_IDS = 500
/** As many of everything are done with at once. */
const MOST_AT_ONCE = 5000

const unreadable = (message: string): KratosError => new KratosError(400, { reason: 'Invalid JSON body.', message })

const read = async (exchange: Exchange): Promise<ReturnType<typeof body.zero>> => {
  const bytes = await bodyOf(exchange, () => unreadable(TOO_LARGE))
  try {
    return decodeGo(body, parseBody(bytes))
  } catch (error) {
    throw error instanceof GoJsonError ? unreadable(error.message) : error
  }
}

const idsOf = (spelled: readonly string[], field: string): ReadonlySet<string> => {
  const refuse = (why: string): never => {
    throw new KratosError(400, { reason: `Could not parse '${field}' field: ${why}` })
  }
  if (spelled.length > MOST_IDS) refuse(`at most ${MOST_IDS} IDs may be provided per call`)
  return new Set(
    spelled.map((text) => {
      if (text === EVERYTHING) return refuse("the wildcard '*' is not accepted here")
      const id = parseUuid(bytesOf(text))
      return typeof id === 'string' ? id : refuse(`could not parse ${quote(bytesOf(text))} as UUID: ${id.error}`)
    }),
  )
}

/**
 * `POST /admin/sessions` (session/handler.go manageSessions): disables or deletes the sessions of some identities, some
 * sessions, or all that there are, 5,000 of them a call.
 */
export const manageSessions: Route = async (exchange) => {
  const { action, identities, sessions } = await read(exchange)
  if (action !== 'disable' && action !== 'delete') {
    throw new KratosError(400, { reason: "The 'action' field must be one of 'disable' or 'delete'." })
  }
  const [field, spelled] = identities?.length ? ['identities', identities] : ['sessions', sessions ?? []]
  if (spelled.length === 0 || (identities?.length && sessions?.length)) {
    throw new KratosError(400, { reason: "Exactly one of 'identities' or 'sessions' must be a non-empty array." })
  }
  const isEverything = field === 'identities' && spelled.length === 1 && spelled[0] === EVERYTHING
  const ids = isEverything ? new Set<string>() : idsOf(spelled, field)

  const { store } = exchange.world
  const { tables } = store
  const found = isEverything
    ? tables.sessions.slice(0, tables.sessions.size)
    : [...ids].flatMap((id) =>
        field === 'identities' ? sessionsOwnedBy(tables, id) : (tables.sessions.get({ id }) ?? []),
      )
  const counted = action === 'disable' ? found.filter(({ active }) => active) : found
  const taken = isEverything ? counted.slice(0, MOST_AT_ONCE) : counted

  store.write((draft) => {
    for (const session of taken) {
      if (action === 'disable') draft.putSession({ ...session, active: false })
      else draft.deleteSession(session)
    }
  })
  return jsonAnswer(JSON.stringify({ processed: taken.length, more: isEverything && taken.length === MOST_AT_ONCE }))
}

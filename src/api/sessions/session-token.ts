import { textOf, unescapeBytes, type Bytes } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../go/query.ts'
import type { Session } from '../../model/session.ts'
import { formatTime, parseTime, type Micros } from '../../model/time.ts'
import { NIL_UUID, parseUuid } from '../../go/uuid.ts'
import type { Profile } from '../../profiles/profile.ts'
import type { World } from '../../world/world.ts'
import { fromBase64, toBase64 } from '../../go/base64.ts'
import { parseInt64 } from '../../go/number.ts'

/** The row after which a page of `GET /admin/sessions` starts. */
export interface SessionKey {
  readonly id: string
  /** In steps of 10 µs, as precise as a token is; undefined for a token without it. */
  readonly created: Micros | undefined
}

const STEP = 10
/** The token of the first page: before every row there can be. */
const START: SessionKey = { id: NIL_UUID, created: 7_289_654_399e6 }

const floor = (micros: Micros): Micros => Math.floor(micros / STEP) * STEP

export const keyOf = (session: Session): SessionKey => ({ id: session.id, created: floor(session.created) })

/** base64 without padding of `id=…/created_at=…`; Kratos draws the order of the two from a Go map. */
export const encodeSessionKey = ({ id, created }: SessionKey): string =>
  toBase64(
    `id=${id}/created_at=${formatTime(created ?? 0)
      .replace('T', ' ')
      .slice(0, -1)}`,
  )

export const firstSessionToken: string = encodeSessionKey(START)

const unreadable = (profile: Profile, name: string, value: Bytes): KratosError =>
  profile.has.pageErrorsUnspecific
    ? new KratosError(400, { message: 'could not parse parameter page_size' })
    : new KratosError(400, { reason: `The value \`${textOf(value)}\` of parameter \`${name}\` cannot be read.` })

/** Where a page starts: behind the row of this id; `created` is what the token says of it, read and as it was sent. */
export interface SessionStart extends SessionKey {
  readonly spelled: Bytes | undefined
}

/** What a token says: Kratos decodes it at once, and looks for its parts only when it asks the database. */
const parseKey = (token: Bytes, { profile, database }: Asked): (() => SessionStart) => {
  const text = unescapeBytes(token, true)
  const decoded = text === undefined ? undefined : fromBase64(text)
  if (decoded === undefined) throw unreadable(profile, 'page_token', token)
  const parts = new Map(
    decoded
      .split('/')
      .map((part) => part.split('='))
      .filter((part) => part.length === 2) as [string, string][],
  )
  const written = parts.get('id') ?? ''
  const id = parseUuid(written)
  const spelled = parts.get('created_at')
  const moment = spelled === undefined ? undefined : parseTime(`${spelled.replace(' ', 'T')}Z`)
  return () => {
    // Which times there are is the database's to say.
    const isTime = spelled === undefined || moment !== undefined || database !== undefined
    // The id is looked at, but it is its spelling that is compared.
    if (typeof id === 'string' && isTime)
      return { id: database?.idKey(written, id) ?? id, created: moment?.micros, spelled }
    throw new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })
  }
}

type Asked = Pick<World, 'profile' | 'database'>

const DEFAULT_SIZE = 250
const MAX_SIZE = 1000

export interface SessionKeyset {
  /** Where the page starts. @throws KratosError 400 for a token that was decoded and is none. */
  readonly after: () => SessionStart | undefined
  readonly size: number
}

/** Reads `page_token` and `page_size` of a keyset list (oryx/pagination/keysetpagination). */
export const sessionKeyset = (query: Query, world: Asked): SessionKeyset => {
  const token = query.all('page_token').find((value) => value !== '')
  const after = token === undefined ? () => undefined : parseKey(token, world)
  const asked = query.get('page_size')
  const size = asked === '' ? 0n : parseInt64(asked)
  if (size === undefined) throw unreadable(world.profile, 'page_size', asked)
  return { after, size: size < 0n ? -1 : size === 0n ? DEFAULT_SIZE : Math.min(Number(size), MAX_SIZE) }
}

export { DEFAULT_SIZE }

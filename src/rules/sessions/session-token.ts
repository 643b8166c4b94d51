import { textOf, unescapeBytes, type Bytes } from '../../model/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Query } from '../../model/query.ts'
import type { Session } from '../../model/session.ts'
import { formatTime, parseTime, type Micros } from '../../model/time.ts'
import { NIL_UUID, parseUuid } from '../../model/uuid.ts'
import type { Profile } from '../../profiles/profile.ts'
import { fromBase64, toBase64 } from '../paging/base64.ts'

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
  profile.has.paginationIgnoresGarbage
    ? new KratosError(400, { message: 'could not parse parameter page_size' })
    : new KratosError(400, { reason: `The value \`${textOf(value)}\` of parameter \`${name}\` cannot be read.` })

const parseKey = (token: Bytes, profile: Profile): SessionKey => {
  const text = unescapeBytes(token, true)
  const decoded = text === undefined ? undefined : fromBase64(text)
  if (decoded === undefined) throw unreadable(profile, 'page_token', token)
  const parts = new Map(
    decoded
      .split('/')
      .map((part) => part.split('='))
      .filter((part) => part.length === 2) as [string, string][],
  )
  const id = parseUuid(parts.get('id') ?? '')
  const time = parts.get('created_at')
  const moment = time === undefined ? undefined : parseTime(`${time.replace(' ', 'T')}Z`)
  if (typeof id !== 'string' || (time !== undefined && moment === undefined)) {
    throw new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })
  }
  return { id, created: moment?.micros }
}

const DEFAULT_SIZE = 250
const MAX_SIZE = 1000

/** Reads `page_token` and `page_size` of a keyset list (oryx/pagination/keysetpagination). */
export const sessionKeyset = (
  query: Query,
  profile: Profile,
): { readonly after: SessionKey | undefined; readonly size: number } => {
  const token = query.all('page_token').find((value) => value !== '')
  const after = token === undefined ? undefined : parseKey(token, profile)
  const asked = query.get('page_size')
  if (asked !== '' && !/^[+-]?[0-9]{1,18}$/.test(asked)) throw unreadable(profile, 'page_size', asked)
  const size = Number(asked)
  return { after, size: size < 0 ? -1 : size === 0 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE) }
}

export { DEFAULT_SIZE }

import { quote, textOf, unescapeBytes, type Bytes } from '../go/bytes.ts'
import { atoiError, parseInt64 } from '../go/number.ts'
import { DroppedConnection, KratosError, notLocated } from '../model/errors.ts'
import type { Message } from '../model/flow.ts'
import { goJson } from '../model/json.ts'
import type { JsonText } from '../model/identity.ts'
import type { Query } from '../go/query.ts'
import { parseTime, formatTime } from '../model/time.ts'
import { fromBase64Url, fromPaddedBase64Url, toBase64Url } from '../go/base64.ts'
import { sessionUuid } from '../api/sessions/locate-session.ts'
import type { World } from '../world/world.ts'

const STATUSES = ['queued', 'sent', 'processing', 'abandoned']
/** Kratos' keyset pages hold ten unless they are asked for otherwise, and after 1.3 never more than this. */
const DEFAULT_SIZE = 10
const MOST = 500

/** A message as Go's encoder writes it (courier/message.go). */
export const messageJson = (message: Message): JsonText => {
  const { created: _, created_at, ...rest } = message
  return goJson({ ...rest, send_count: 0, created_at, updated_at: created_at })
}

/** `GET /admin/courier/messages/{id}`. @throws KratosError 400 for what is no UUID, 404. */
export const getCourierMessage = ({ store }: World, spelled: Bytes): Message => {
  const id = sessionUuid(spelled)
  const { messages } = store.tables
  const found = messages.slice(0, messages.size).find((message) => message.id === id)
  if (found === undefined) throw notLocated()
  return found
}

type Key = Pick<Message, 'id' | 'created'>

/** Before every message there can be. */
const FIRST: Key = { id: '00000000-0000-0000-0000-000000000000', created: Infinity }

/** Kratos encrypts its tokens; these only look as long, and say what they are. */
export const encodeMessageKey = ({ id, created }: Key = FIRST): string =>
  toBase64Url(
    `id=${id}/created_at=${created === Infinity ? '2200-12-31T23:59:59Z' : formatTime(created)}/of=courier-messages`,
  )

/** The status is 400, and the body says otherwise. */
const unread = (message: string): KratosError => new KratosError(500, { http: 400, message })

/** Kratos unescapes a token once more. @throws KratosError 400. */
const unescaped = (token: Bytes): Bytes => {
  const plain = unescapeBytes(token, true)
  if (plain !== undefined) return plain
  throw unread(`invalid URL escape ${quote(/%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(token)![0])}`)
}

/** Kratos 1.3 has not encrypted it. */
const badOldToken = (token: Bytes): KratosError => {
  const illegal = token.search(/[^A-Za-z0-9+/\r\n]/)
  if (illegal < 0 && token.length % 4 !== 1)
    return new KratosError(400, { reason: 'The page token is invalid, do not craft your own page tokens' })
  return unread(`illegal base64 data at input byte ${illegal < 0 ? token.length - 1 : illegal}`)
}

/** How long the nonce is that an encrypted token begins with; Kratos panics where there is less. */
const NONCE = 24

const badToken = (world: World, token: Bytes): Error => {
  const { knows, has } = world.profile
  if (!has.pageErrorsUnspecific)
    return new KratosError(400, {
      reason: `The value \`${textOf(token)}\` of parameter \`page_token\` cannot be read.`,
    })
  const plain = unescaped(token)
  if (!knows('v25.4.0')) return badOldToken(plain)
  if (knows('next')) return new KratosError(400, { message: 'invalid pagination token' })
  const read = fromPaddedBase64Url(plain)
  if (typeof read === 'number') return unread(`decode token: illegal base64 data at input byte ${read}`)
  return read.length < NONCE ? new DroppedConnection('close') : unread('decrypt token: %!w(<nil>)')
}

const keyOf = (world: World, token: Bytes): Key | undefined => {
  if (token === '') return undefined
  const parts = /^id=([0-9a-f-]{36})\/created_at=(.+)\/of=courier-messages$/.exec(fromBase64Url(token) ?? '')
  const time = parts === null ? undefined : parseTime(parts[2]!)
  if (time === undefined) throw badToken(world, token)
  return parts![1] === FIRST.id ? undefined : { id: parts![1]!, created: time.micros }
}

const sizeOf = (world: World, text: Bytes): number => {
  if (text === '' || /^[+-]?0+$/.test(text)) return DEFAULT_SIZE
  const { has, knows } = world.profile
  const size = parseInt64(text)
  if (size !== undefined && size > 0n) return knows('v25.4.0') ? Math.min(Number(size), MOST) : Number(size)
  if (size !== undefined && has.negativePageSizeDrops) throw new DroppedConnection('close')
  if (size !== undefined && has.paginationIgnoresGarbage) return DEFAULT_SIZE
  if (!has.pageErrorsUnspecific)
    throw new KratosError(400, { reason: `The value \`${textOf(text)}\` of parameter \`page_size\` cannot be read.` })
  throw unread(atoiError(text))
}

export interface MessagePage {
  readonly messages: readonly Message[]
  readonly size: number
  readonly next: Key | undefined
  /** How many the filter takes, where the release says so. */
  readonly total: number | undefined
}

/** `GET /admin/courier/messages`, newest first (courier/handler.go). @throws KratosError 400. */
export const listCourierMessages = (world: World, query: Query): MessagePage => {
  const status = query.has('status') ? textOf(query.get('status')) : undefined
  const isAny = status === undefined
  if (!isAny && !STATUSES.includes(status)) throw new KratosError(400, { reason: 'Message status is not valid' })
  const page = world.profile.knows('v25.4.0') ? query.withoutBlanks() : query
  const after = keyOf(world, page.get('page_token'))
  const size = sizeOf(world, page.get('page_size'))
  const recipient = textOf(query.get('recipient'))
  const { messages } = world.store.tables
  const taken = messages
    .slice(0, messages.size)
    .filter((one) => (isAny || one.status === status) && (recipient === '' || one.recipient === recipient))
  const from = after === undefined ? 0 : taken.findIndex((one) => isBehind(one, after))
  const found = from < 0 ? [] : taken.slice(from, from + size)
  const more = from >= 0 && taken.length > from + size
  return {
    messages: found,
    size,
    next: more ? found.at(-1) : undefined,
    total: !world.profile.knows('v25.4.0') ? taken.length : undefined,
  }
}

const isBehind = (message: Message, { id, created }: Key): boolean =>
  message.created < created || (message.created === created && message.id > id)

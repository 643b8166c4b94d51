import type { Message } from '../model/flow.ts'
import type { World } from '../world/world.ts'
import { refuse } from './inputs.ts'
import { pageSize } from './page-size.ts'

/** A message of the courier, with what one looks for in it. */
export interface MailLine extends Pick<Message, 'id' | 'type' | 'recipient' | 'subject' | 'body' | 'template_type'> {
  /** RFC 3339. */
  readonly created_at: string
  /** The one-time code in its text, or null. */
  readonly code: string | null
  /** The link in its text, or null. */
  readonly link: string | null
}

export interface MailPage {
  readonly messages: readonly MailLine[]
  /** How many messages there are, whatever was asked for. */
  readonly total: number
  /** The token of the page that follows, or null. */
  readonly next: string | null
}

const LINK = /https?:\/\/\S+/g

const lineOf = ({ id, type, recipient, subject, body, template_type, created_at }: Message): MailLine => ({
  id,
  type,
  recipient,
  subject,
  body,
  template_type,
  created_at,
  // A link has the code in its query, too.
  code: /\b\d{6}\b/.exec(body.replaceAll(LINK, ''))?.[0] ?? null,
  link: body.match(LINK)?.[0] ?? null,
})

/**
 * A page of the courier's messages, newest first.
 * @param query `recipient`: text that the recipient has in it, in any case; `page_size`: 1 to 500, default 25;
 * `page_token`: the `next` of the page before. @throws KratosError 400.
 */
export const listMail = (world: World, query: URLSearchParams): MailPage => {
  const { messages } = world.store.tables
  const size = pageSize(query.get('page_size'))
  const wanted = (query.get('recipient') ?? '').trim().toLowerCase()
  const token = query.get('page_token') ?? ''
  const all = messages.slice(0, messages.size)
  const from = token === '' ? 0 : all.findIndex(({ id }) => id === token) + 1
  if (token !== '' && from === 0) throw refuse(`${JSON.stringify(token)} is no page_token of this list.`)
  const found = all.slice(from).filter(({ recipient }) => recipient.toLowerCase().includes(wanted))
  const page = found.slice(0, size)
  return { messages: page.map(lineOf), total: messages.size, next: found.length > size ? page.at(-1)!.id : null }
}

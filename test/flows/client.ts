import type { Mock } from '../../src/index.ts'

export interface UiNode {
  readonly group: string
  readonly attributes: { readonly name: string; readonly type?: string; readonly value?: string }
  readonly messages: readonly { readonly id: number; readonly text: string }[]
}

/** Of an answer what these tests look at. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly location: string
  readonly body: {
    readonly id: string
    readonly ui: {
      readonly action: string
      readonly nodes: readonly UiNode[]
      readonly messages?: readonly { readonly id: number; readonly text: string }[]
    }
    readonly state: string
    readonly session_token: string
    readonly session: { readonly id: string; readonly identity: { readonly id: string } }
    readonly identity: { readonly id: string; readonly traits: Readonly<Record<string, unknown>> }
    readonly continue_with?: readonly Readonly<Record<string, unknown>>[]
    readonly error: { readonly id?: string; readonly code: number; readonly reason: string }
    readonly use_flow_id: string
    readonly logout_url: string
  } & Readonly<Record<string, unknown>>
}

const answered = async (response: Response): Promise<Answered> => {
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    location: response.headers.get('location') ?? '',
    body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as Answered['body'],
  }
}

type Fields = Readonly<Record<string, string>>

/** An application without a browser. */
export const native = (ory: Mock) => {
  const get = async (path: string, token?: string) => {
    const headers = { accept: 'application/json', ...(token === undefined ? {} : { 'x-session-token': token }) }
    return answered(await ory.fetch(ory.publicUrl + path, { headers }))
  }
  const send = async (action: string, body: unknown, token?: string) =>
    answered(
      await ory.fetch(action, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(token === undefined ? {} : { 'x-session-token': token }),
        },
      }),
    )
  const begin = async (kind: string, token?: string) => get(`/self-service/${kind}/api`, token)
  /** Begins a flow and submits it once. */
  const run = async (kind: string, body: unknown, token?: string) => {
    const flow = await begin(kind, token)
    return send(flow.body.ui.action, body, token)
  }
  return { get, send, begin, run }
}

/** A browser: it keeps cookies, follows nothing by itself, and sends forms. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #ory: Mock
  readonly #accept: string

  constructor(ory: Mock, accept = 'text/html') {
    this.#ory = ory
    this.#accept = accept
  }

  async request(url: string, init: RequestInit = {}): Promise<Answered> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#ory.fetch(url.startsWith('/') ? this.#ory.publicUrl + url : url, {
      ...init,
      redirect: 'manual',
      headers: { accept: this.#accept, cookie, ...(init.headers as Record<string, string>) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0(;|$)/.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return answered(response)
  }

  form(action: string, fields: Fields): Promise<Answered> {
    const body = new URLSearchParams(fields).toString()
    return this.request(action, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  }

  /** The flow that a page was asked to show, as the page gets it. */
  async flow(location: string): Promise<Answered['body']> {
    const page = new URL(location)
    const kind = page.pathname.slice(1)
    const { body } = await this.request(`/self-service/${kind}/flows?id=${page.searchParams.get('flow')}`)
    return body
  }

  /** Opens a flow; @returns its form, and what its hidden fields hold. */
  async open(kind: string, query = ''): Promise<{ readonly flow: Answered['body']; readonly hidden: Fields }> {
    const { location } = await this.request(`/self-service/${kind}/browser${query}`)
    const flow = await this.flow(location)
    return { flow, hidden: hiddenOf(flow) }
  }
}

export const hiddenOf = (flow: Answered['body']): Fields =>
  Object.fromEntries(
    flow.ui.nodes
      .filter(({ attributes }) => attributes.type === 'hidden')
      .map(({ attributes }) => [attributes.name, attributes.value ?? '']),
  )

export const messagesOf = ({ body }: Answered): readonly number[] => [
  ...(body.ui.messages ?? []).map(({ id }) => id),
  ...body.ui.nodes.flatMap(({ messages }) => messages.map(({ id }) => id)),
]

/** The courier's messages, newest first. */
export const messages = async (ory: Mock) => {
  const response = await ory.fetch(`${ory.url}/admin/courier/messages`)
  return (await response.json()) as readonly {
    readonly id: string
    readonly recipient: string
    readonly subject: string
    readonly body: string
    readonly template_type: string
    readonly status: string
  }[]
}

/** The code in the newest message. */
export const newestCode = async (ory: Mock): Promise<string> =>
  /\b\d{6}\b/.exec((await messages(ory))[0]?.body ?? '')?.[0] ?? ''

/** The link in the newest message. */
export const newestLink = async (ory: Mock): Promise<string> =>
  /https?:\S+/.exec((await messages(ory))[0]?.body ?? '')?.[0] ?? ''

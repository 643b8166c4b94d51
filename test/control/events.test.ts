import { afterAll, describe, expect, test } from 'vitest'
import { connect, createMock, startMock, type Mock } from '../../src/index.ts'
import { describeTransports, NOW, person, uuid } from '../support.ts'

interface Told {
  readonly event: string
  readonly id: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

/** What a project tells, one event after the other. */
class Listening {
  readonly #over = new AbortController()
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #text = ''
  #closed = false

  private constructor(body: ReadableStream<Uint8Array>, over: AbortController) {
    this.#reader = body.getReader()
    this.#over = over
  }

  static async to(ory: Pick<Mock, 'fetch'>, headers: Readonly<Record<string, string>> = {}): Promise<Listening> {
    const over = new AbortController()
    const response = await ory.fetch('/_mock/events', { headers, signal: over.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    return new Listening(response.body!, over)
  }

  /** The next event that a test takes; undefined when there will be none any more. */
  async next(takes: (told: Told) => boolean = () => true): Promise<Told | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end < 0) {
        if (this.#closed) return undefined
        const { value, done } = await this.#reader.read()
        this.#closed = done
        this.#text += new TextDecoder().decode(value)
        continue
      }
      const lines = this.#text.slice(0, end).split('\n')
      this.#text = this.#text.slice(end + 2)
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const data = field('data')
      if (data === undefined) continue
      const told = { event: field('event') ?? '', id: field('id'), data: JSON.parse(data) as Told['data'] }
      if (takes(told)) return told
    }
  }

  /** The next event of a name. */
  named(name: string): Promise<Told | undefined> {
    return this.next(({ event }) => event === name)
  }

  leave(): void {
    this.#over.abort()
    this.#reader.cancel().catch(() => {})
  }
}

describeTransports('Events', (start) => {
  test('tell requests, the clock, the faults and the data as they change', async () => {
    await using ory = await start({ seed: [person(1)], now: NOW })
    await ory.fetch('/admin/sessions')
    const heard = await Listening.to(ory)
    expect(await heard.named('clock')).toMatchObject({ data: { now: NOW, running: false } })
    expect(await heard.named('data')).toMatchObject({ data: { identities: 1, sessions: 0 } })
    await ory.fetch('/admin/identities?page_size=1')
    const journal = await heard.named('journal')
    expect(journal!.data).toEqual((await ory.requests.list())[1])
    await ory.clock.advance('1h')
    expect(await heard.named('clock')).toMatchObject({ data: { now: '2026-11-23T02:00:00Z' } })
    await ory.faults.add({ id: 'a', effect: { status: 503 } })
    expect(await heard.named('faults')).toMatchObject({ data: [{ id: 'a', hits: 0 }] })
    await ory.fetch('/admin/identities')
    expect(
      await heard.next(
        ({ event, data }) => event === 'faults' && (data as unknown as { hits: number }[])[0]?.hits === 1,
      ),
    ).toBeDefined()
    await ory.seed([person(2)])
    expect(await heard.named('data')).toMatchObject({ data: { identities: 2 } })
    await ory.requests.clear()
    expect(await heard.named('cleared')).toBeDefined()
    heard.leave()
  })

  test('tell a request in flight, and again once it is answered', async () => {
    await using ory = await start({ seed: [person(1)], now: NOW })
    await ory.faults.add({ effect: { connection: 'hang' } })
    const heard = await Listening.to(ory)
    const asked = ory.fetch('/admin/identities').catch(() => {})
    const first = await heard.named('journal')
    expect(first!.data).toMatchObject({ seq: 1, status: null, response: null })
    await ory.faults.clear()
    await asked
    expect((await heard.named('journal'))!.data).toMatchObject({ seq: 1, status: 0 })
    heard.leave()
  })

  test('go on from the last that a listener knows, whatever it missed', async () => {
    await using ory = await start({ seed: [person(1)], now: NOW })
    const first = await Listening.to(ory)
    await ory.fetch('/admin/identities/a')
    const { id } = (await first.named('journal'))!
    first.leave()
    await ory.fetch('/admin/identities/b')
    await ory.fetch('/admin/identities/c')
    const again = await Listening.to(ory, { 'Last-Event-ID': id! })
    expect((await again.named('journal'))!.data).toMatchObject({ seq: 2, path: '/admin/identities/b' })
    expect((await again.named('journal'))!.data).toMatchObject({ seq: 3 })
    again.leave()
    for (const unknown of ['somebody else’s', '1', '9999999999999999'].map((text) => encodeURIComponent(text))) {
      const stranger = await Listening.to(ory, { 'Last-Event-ID': unknown })
      expect((await stranger.named('journal'))!.data).toMatchObject({ seq: 1 })
      stranger.leave()
    }
  })

  test('are of one project, and end with it', async () => {
    await using ory = await start({ seed: [person(1)], now: NOW })
    const project = await ory.project('mine')
    const heard = await Listening.to(project)
    await ory.fetch('/admin/identities')
    await project.fetch(`/admin/identities/${uuid(1)}`)
    expect((await heard.named('journal'))!.data).toMatchObject({ operation: 'getIdentity' })
    await project.close()
    expect(await heard.named('never')).toBeUndefined()
  })
})

describe('What happened is written once', () => {
  type Reader = ReadableStreamDefaultReader<Uint8Array>

  const over = new AbortController()
  afterAll(() => over.abort())

  const listenTo = async (ory: Mock): Promise<Reader> => {
    const { body } = await ory.fetch('/_mock/events', { signal: over.signal })
    const reader = body!.getReader() as Reader
    // What it hears first is for it alone.
    await reader.read()
    return reader
  }

  /** The next that a listener is told: the bytes themselves, be there equal ones or not. */
  const next = async (reader: Reader): Promise<Uint8Array> => (await reader.read()).value!

  test('for all that know the same, whenever they came', async () => {
    await using ory = await createMock({ seed: [person(1)], now: NOW })
    const readers = [await listenTo(ory), await listenTo(ory), await listenTo(ory)]
    for (const id of [1, 2]) {
      await ory.fetch(`/admin/identities/${uuid(id)}`)
      const [first, ...others] = await Promise.all(readers.map(next))
      expect(new TextDecoder().decode(first)).toContain('event: journal')
      for (const other of others) expect(other).toBe(first)
    }
  })

  test('for whoever is behind, too', async () => {
    await using ory = await createMock({ seed: [person(1)], now: NOW })
    const [quick, slow] = [await listenTo(ory), await listenTo(ory)]
    const heard: Uint8Array[] = []
    for (const id of [1, 2, 3]) {
      await ory.fetch(`/admin/identities/${uuid(id)}`)
      heard.push(await next(quick))
    }
    for (const chapter of heard) expect(await next(slow)).toBe(chapter)
  })
})

test('fifty pages hear of every request, and are forgotten when they leave', async () => {
  await using ory = await startMock({ port: 0, seed: [person(1)], now: NOW })
  const pages = await Promise.all(Array.from({ length: 50 }, () => Listening.to(connect(ory.url))))
  for (let n = 1; n <= 300; n++) await ory.fetch(`/admin/identities/${uuid(1)}?n=${n}`)
  const last = await Promise.all(pages.map((page) => page.next(({ data }) => data['seq'] === 300)))
  expect(last.every((told) => told?.event === 'journal')).toBe(true)
  for (const page of pages) page.leave()
  const one = await Listening.to(ory)
  await ory.fetch('/admin/identities')
  expect((await one.named('journal'))!.data).toMatchObject({ seq: 301 })
  one.leave()
})

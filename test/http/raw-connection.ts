import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** How a connection ended: by the server's FIN, or by its RST. */
export type Ending = 'FIN' | 'RST'

/** A whole answer as it came, byte for byte. */
export interface RawAnswer {
  readonly head: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const splitHead = (text: string): { head: string; rest: string } | undefined => {
  const end = text.indexOf('\r\n\r\n')
  return end < 0 ? undefined : { head: text.slice(0, end), rest: text.slice(end + 4) }
}

const headersOf = (head: string): Record<string, string> =>
  Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )

/** What came of an answer that may not be whole. */
export const readAnswer = (text: string): RawAnswer => {
  const { head, rest } = splitHead(text) ?? { head: text, rest: '' }
  return { head, status: Number(head.split(' ')[1]), headers: headersOf(head), body: rest }
}

/** A TCP connection to the mock, without an HTTP client between. Bytes are shown as Latin-1. */
export class RawConnection implements Disposable {
  readonly #socket: Socket
  /** What came since the last whole answer. */
  received = ''
  /** The sizes of the parts in which it came. */
  parts: number[] = []
  #ending: Ending | undefined
  readonly #ended: Promise<Ending>

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#ended = new Promise((resolve) => {
      const end = (how: Ending): void => {
        this.#ending ??= how
        resolve(this.#ending)
      }
      socket.on('end', () => end('FIN'))
      socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNRESET' ? 'RST' : 'FIN'))
    })
    socket.on('data', (data: Buffer) => {
      this.received += data.toString('latin1')
      this.parts.push(data.length)
    })
  }

  static async open(url: string): Promise<RawConnection> {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
    const connection = new RawConnection(socket)
    await once(socket, 'connect')
    return connection
  }

  send(text: string): void {
    this.#socket.write(text, 'latin1')
  }

  request(method: string, path: string, headers: Readonly<Record<string, string>> = {}): void {
    const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.send(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  }

  /** Waits for the end of the connection. */
  ended(): Promise<Ending> {
    return this.#ended
  }

  get isOpen(): boolean {
    return this.#ending === undefined
  }

  /** Waits for the next whole answer with a Content-Length, and takes it out of what came. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const found = readAnswer(this.received)
      const length = Number(found.headers['content-length'] ?? 0)
      if (splitHead(this.received) !== undefined && found.body.length >= length) {
        this.received = found.body.slice(length)
        this.parts = []
        return { ...found, body: found.body.slice(0, length) }
      }
      await this.more()
    }
  }

  /** Waits for more to come. */
  async more(): Promise<void> {
    if (!this.isOpen) throw new Error(`The connection ended after ${this.received.length} bytes.`)
    await Promise.race([once(this.#socket, 'data'), this.#ended])
  }

  /** Leaves, by FIN or by RST. */
  leave(how: Ending = 'FIN'): void {
    if (how === 'RST') this.#socket.resetAndDestroy()
    else this.#socket.destroy()
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}

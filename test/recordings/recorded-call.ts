import type { Parcel } from '../../src/model/answer.ts'
import type { ServerKind, Wire } from '../../src/model/wire.ts'
import type { RecordedExchange } from './recording.ts'

/** What a request was answered, with header names in lower case; status 0 is a dropped connection. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const NEVER = new AbortController().signal

const never = (): never => {
  throw new Error('No recorded request is answered in parts, nor by the control plane.')
}

/** A recorded request in this process. No object of the platform is made of it, which would take longer than the mock. */
export class RecordedCall implements Wire {
  readonly method: string
  readonly target: string
  readonly host: string
  readonly server: ServerKind
  readonly rawHeaders: readonly string[]
  readonly inProcess = true
  readonly signal = NEVER
  readonly body: AsyncIterable<Uint8Array> | undefined
  readonly answered: Promise<Answered>
  readonly write = never
  readonly head = never
  readonly end = never
  readonly passTo = never
  #answer!: (answered: Answered) => void

  constructor({ server, method, path, headers, body }: RecordedExchange['request'], host: string) {
    this.method = method
    this.target = path
    this.server = server
    this.rawHeaders = Object.entries(headers).flat()
    this.host = this.header('host') ?? host
    const isBodied = method !== 'GET' && method !== 'HEAD' && body
    this.body = isBodied
      ? (async function* () {
          yield encoder.encode(body)
        })()
      : undefined
    this.answered = new Promise((resolve) => (this.#answer = resolve))
  }

  header(name: string): string | undefined {
    const at = this.rawHeaders.findIndex((own, n) => n % 2 === 0 && own.toLowerCase() === name)
    return at < 0 ? undefined : this.rawHeaders[at + 1]
  }

  async unread(): Promise<Uint8Array> {
    return new Uint8Array()
  }

  send({ status, headers, placed, text }: Parcel): void {
    const named: Record<string, string> = {}
    for (let at = 0; at < headers.length; at += 2) {
      const name = headers[at]!.toLowerCase()
      named[name] = named[name] === undefined ? headers[at + 1]! : `${named[name]}\n${headers[at + 1]}`
    }
    this.#answer({ status, headers: named, body: this.method === 'HEAD' ? '' : (text ?? decoder.decode(placed.bytes)) })
  }

  cut(): void {
    this.#answer({ status: 0, headers: {}, body: '' })
  }
}

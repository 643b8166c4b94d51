import { lettersOf, standsIn } from '../compare.ts'
import type { RecordedExchange } from '../recording.ts'

type Given = RecordedExchange['response']

/** What a server draws, and shows again later, so that a client brings it back. */
const DRAWN: readonly RegExp[] = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /ory_(?:st|lo)_\w{32}/g,
  /csrf_token_[0-9a-f]{64}/g,
  /(?<=csrf_token_[0-9a-f]{64}=)[A-Za-z0-9+/]{43}=/g,
  /(?<=ory_kratos_continuity=)[^;\s"]+/g,
  /(?<=ory_kratos_session=)[^;\s"]+/g,
  /(?<=\{"name":"csrf_token","type":"hidden","value":")[A-Za-z0-9+/]{86}==/g,
  /(?<=\\n\\n)\d{6}(?=\\n)/g,
  /(?<=Use code )\d{6}/g,
  /(?<= code is: )\d{6}/g,
  /(?<=\\n@[^ \\]* #)\d{6}/g,
  /(?<=(?:\?|\\u0026|&)code=)\d{6}/g,
  /(?<="recovery_code":")\d{6}/g,
  /(?<="name":"code","type":"text","value":")\d{6}/g,
  /(?<=token=)[A-Za-z0-9]{32}(?=\\n|")/g,
  /(?<="session_token_exchange_code":")[A-Za-z0-9]{64}/g,
  /(?<="hashed_password":")\$2a\$04\$[A-Za-z0-9./]{53}/g,
]

const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g
/** How long a recorded script ran at most. */
const RUN = 120_000

/** Addresses are listed by ids that were drawn. */
const sortedAddresses = (text: string): string =>
  text.replaceAll(/(?<="(?:verifiable|recovery)_addresses":\[)[^\]]*(?=\])/g, (rows) => {
    const valueOf = (row: string): string => row.slice(row.indexOf('"value"'))
    return rows
      .split(/(?<=\}),/)
      .sort((a, b) => (valueOf(a) < valueOf(b) ? -1 : 1))
      .join(',')
  })

/** What is compared in shape alone. */
const shaped = (text: string): string =>
  text
    .replaceAll(/page_token=(?!eyJ)[A-Za-z0-9_%-]{40,}/g, 'page_token=…')
    .replaceAll(/(?<="ip_address":"127\.0\.0\.1:)\d+/g, '…')
    .replaceAll(/(?<="since":)\d+|\d+\.\d\d(?= minutes ago)|(?<=_unix":)\d+/g, '…')
    .replaceAll(/Expires=[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} 20\d{2} \d{2}:\d{2}:\d{2} GMT/g, 'Expires=…')

const firstDifference = (recorded: string, given: string): string => {
  let at = 0
  while (at < recorded.length && recorded[at] === given[at]) at++
  const part = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 80), at + 160))
  return `at ${at}\n    Kratos ${part(recorded)}\n    mock   ${part(given)}`
}

/** The mock's own values in the place of those that Kratos drew, as a client would have got them. */
export class Bindings {
  readonly #wasThere: (text: string) => boolean
  /** As in `Comparison`: SQLite keeps the spelling of those who made the rows that were there. */
  readonly #letters: ReturnType<typeof lettersOf>
  readonly #bound = new Map<string, string>()
  readonly #taken = new Set<string>()
  /** Longer ones first, so that none stands inside another; undefined where one was bound since. */
  #sorted: readonly (readonly [own: string, other: string])[] | undefined

  constructor(stateText: string) {
    this.#wasThere = standsIn(stateText)
    this.#letters = lettersOf(stateText)
  }

  /** A request's text as a client of the mock would send it. */
  translate(text: string): string {
    let made = text
    this.#sorted ??= [...this.#bound].sort(([a], [b]) => b.length - a.length)
    for (const [own, other] of this.#sorted) {
      if (/^\d{6}$/.test(own)) made = made.replaceAll(new RegExp(`(?<="|[?&]code=)${own}(?![^"&])`, 'g'), other)
      else made = made.replaceAll(own, other)
    }
    return made
  }

  /** @returns what differs, a line each; empty when nothing does. */
  differences(recorded: Given, given: Given): string[] {
    const found: string[] = []
    if (recorded.status !== given.status) found.push(`status: Kratos ${recorded.status}, mock ${given.status}`)
    this.#compare('body', recorded.body, given.body, found)
    for (const name of new Set([...Object.keys(recorded.headers), ...Object.keys(given.headers)])) {
      // Lengths follow from what was drawn.
      if (name === 'content-length' || name === 'transfer-encoding') continue
      const [a, b] = [recorded.headers[name], given.headers[name]]
      if (a === undefined || b === undefined) found.push(`${name}: Kratos ${a}, mock ${b}`)
      else this.#compare(name, a, b, found)
    }
    return found
  }

  #compare(name: string, recorded: string, given: string, found: string[]): void {
    if (recorded === given) return
    const got = shaped(sortedAddresses(given))
    const spelled = this.#letters.reduce((out, [escaped, letters]) => out.replaceAll(escaped, letters), recorded)
    let wanted = shaped(sortedAddresses(spelled))
    const times = [...got.matchAll(TIME)].map(([time]) => time)
    let at = 0
    wanted = wanted.replaceAll(TIME, (time) => {
      const other = times[at++]
      if (other === undefined || this.#wasThere(time)) return time
      return Math.abs(Date.parse(time) - Date.parse(other)) > RUN ? time : other
    })
    for (const drawn of DRAWN) {
      let others: string[] | undefined
      let next = 0
      wanted = wanted.replaceAll(drawn, (own) => {
        others ??= [...got.matchAll(drawn)].map(([value]) => value)
        const other = others[next++]
        // The state has numbers of six digits that are no codes.
        return !/^\d{6}$/.test(own) && this.#wasThere(own) ? own : this.#bind(own, other)
      })
    }
    if (wanted !== got) found.push(`${name}: ${firstDifference(wanted, got)}`)
  }

  #bind(own: string, other: string | undefined): string {
    const there = this.#bound.get(own)
    if (there !== undefined) return there
    // Kratos spells a session's cookie anew each time.
    const isCookie = own.length > 95 && !own.startsWith('ory_')
    if (other === undefined || (this.#taken.has(other) && !isCookie)) return own
    this.#bound.set(own, other)
    this.#sorted = undefined
    this.#taken.add(other)
    return other
  }
}

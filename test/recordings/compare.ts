import { goJson } from '../../src/model/json.ts'
import type { DatabaseName } from '../../src/databases/database.ts'
import type { RecordedExchange } from './recording.ts'

export type Given = RecordedExchange['response']

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g
/** How long a recorded script ran at most: generated times differ by no more. */
const RUN = 120_000

/**
 * Compares what the mock answers with what Kratos did. Ids that Kratos drew are bound to the mock's at first
 * sight, generated times may differ by the run's length, and what is random by nature is only compared in shape.
 */
export class Comparison {
  readonly #wasThere: (text: string) => boolean
  readonly #bound = new Map<string, string>()
  readonly #taken = new Set<string>()
  readonly #database: DatabaseName
  /** Texts beyond ASCII in the rows that were there, as they were spelled when those were made, and as letters. */
  readonly #letters: readonly (readonly [escaped: string, letters: string])[]

  constructor(stateText: string, database: DatabaseName) {
    this.#wasThere = standsIn(stateText)
    this.#database = database
    this.#letters = database === 'sqlite' ? lettersOf(stateText) : []
  }

  /** A recorded request's text with the ids that the mock drew in place of Kratos'. */
  translate(text: string): string {
    return text.replaceAll(UUID, (id) => this.#bound.get(id) ?? id)
  }

  /** @returns what differs, a line each; empty when nothing does. */
  differences(recorded: Given, answered: Given, isRead: boolean): string[] {
    const found: string[] = []
    const given = isRead ? answered : { ...answered, body: sortedIdentifiers(answered.body) }
    if (recorded.status !== given.status) found.push(`status: Kratos ${recorded.status}, mock ${given.status}`)
    const wanted = isRead ? recorded.body : sortedIdentifiers(recorded.body)
    const generated = this.#text('body', wanted, given.body, found)
    // Letters are shorter than their escapes; an answer to HEAD does not show which it would have had.
    const isHead = recorded.body === '' && this.#letters.length > 0
    const free = generated || isHead || this.#asLetters(recorded.body) !== recorded.body
    for (const name of new Set([...Object.keys(recorded.headers), ...Object.keys(given.headers)])) {
      const framing = name === 'content-length' || name === 'transfer-encoding'
      if (framing && free) continue
      const [a, b] = [recorded.headers[name], given.headers[name]]
      if (a === undefined || b === undefined) found.push(`${name}: Kratos ${a}, mock ${b}`)
      else this.#text(name, settled(a), settled(b), found)
    }
    return found
  }

  /** @returns whether the text holds generated values, whose lengths differ. */
  #text(name: string, recorded: string, given: string, found: string[]): boolean {
    // Most headers are.
    if (recorded === given) return false
    let free = false
    const got = sortedParts(this.#asLetters(given))
    const wanted = sameChance(sortedParts(this.#sortedIdentities(this.#asLetters(recorded))), got)
    const times = [...got.matchAll(TIME)].map(([time]) => time)
    let at = 0
    const expected = wanted.replaceAll(TIME, (time) => {
      const other = times[at++]
      if (other === undefined || this.#wasThere(time)) return time
      if (Math.abs(Date.parse(time) - Date.parse(other)) > RUN) return time
      // What MySQL gives back has whole seconds, and nothing else has.
      if (this.#database === 'mysql' && time.includes('.') !== other.includes('.')) return time
      free = true
      return other
    })
    const ids = [...got.matchAll(UUID)].map(([id]) => id)
    let next = 0
    const bound = expected.replaceAll(UUID, (id) => {
      const other = ids[next++]
      if (this.#wasThere(id)) return id
      return this.#bind(id, other)
    })
    if (bound !== got) found.push(`${name}: ${firstDifference(bound, got)}`)
    return free
  }

  #asLetters(text: string): string {
    return this.#letters.reduce((out, [escaped, letters]) => out.replaceAll(escaped, letters), text)
  }

  /** Identities are listed by id, so those that Kratos drew stand where the mock's ids put them. */
  #sortedIdentities(text: string): string {
    if (!/^\[\{"id":"[^"]+","(?:external_id|credentials|schema_id)"/.test(text)) return text
    const items = text
      .slice(1, text.lastIndexOf(']'))
      .split(/(?<=\}),(?=\{"id":"[^"]+","(?:external_id|credentials|schema_id)")/)
    const key = (item: string): string => this.translate(item.slice(7, 43))
    return `[${items.sort((a, b) => (key(a) < key(b) ? -1 : 1)).join(',')}]${text.slice(text.lastIndexOf(']') + 1)}`
  }

  #bind(id: string, other: string | undefined): string {
    const there = this.#bound.get(id)
    if (there !== undefined) return there
    if (other === undefined || this.#wasThere(other) || this.#taken.has(other)) return id
    this.#bound.set(id, other)
    this.#taken.add(other)
    return other
  }
}

/** Whether a text stands in another one, which is long and asked often. */
export const standsIn = (long: string): ((text: string) => boolean) => {
  const known = new Map<string, boolean>()
  return (text) => {
    const there = known.get(text) ?? long.includes(text)
    known.set(text, there)
    return there
  }
}

/** The texts in a value that go beyond ASCII, names included. */
const stringsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /[^\0-\x7f]/.test(value) ? [value] : []
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => [...stringsOf(key), ...stringsOf(one)])
    : []
}

/** The texts beyond ASCII in a recorded state, as its rows spelled them, and as letters. */
export const lettersOf = (stateText: string): readonly (readonly [escaped: string, letters: string])[] =>
  [...new Set(stringsOf(JSON.parse(stateText).identities))].map(spelled)

/** A text as Go prints it, with escapes and with letters. */
const spelled = (text: string): readonly [escaped: string, letters: string] => {
  const letters = goJson(text)
  const escaped = letters.replace(/[\x80-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [escaped, letters]
}

/** What a server draws from chance, and shows in no other answer: hashes of passwords, recovery codes and tokens. */
const sameChance = (recorded: string, given: string): string => {
  let text = recorded
  for (const drawn of [
    /\$2a\$04\$[A-Za-z0-9./]{53}/g,
    /(?<="recovery_code":")\d{6}(?=")/g,
    /(?<=&token=)[A-Za-z0-9]{32}(?=")/g,
    /(?<="user_handle":")[A-Za-z0-9+/]{22}==(?=")/g,
  ]) {
    let others: string[] | undefined
    let at = 0
    text = text.replaceAll(drawn, (own) => {
      others ??= [...given.matchAll(drawn)].map(([other]) => other)
      const other = others[at++]
      return given.includes(own) ? own : (other ?? own)
    })
  }
  return text
}

/** The causes inside one JSON Schema error come in any order, and so do the properties that one of them names. */
const sortedCauses = (text: string): string =>
  text
    .replaceAll(/(?<=additionalProperties )\\".*?(?= not allowed)/g, (names) => names.split(', ').sort().join(', '))
    .replaceAll(/(?<="reason":")I\[#(?:[^"\\]|\\.)*/g, (reason) => reason.split('\\n').sort().join('\\n'))

/** An identity's addresses are listed by ids that were drawn. */
const sortedAddresses = (text: string): string =>
  text.replaceAll(/(?<="(?:verifiable|recovery)_addresses":\[)(?:[^\]"]|"(?:[^"\\]|\\.)*")*(?=\])/g, (rows) => {
    const valueOf = (row: string): string => row.slice(row.indexOf('"value"'))
    const sorted = rows.split(/(?<=\}),/).sort((a, b) => (valueOf(a) < valueOf(b) ? -1 : 1))
    return sorted.join(',')
  })

/** Kratos walks a schema in any order, and so meets the identifiers of a credential in any. */
const sortedIdentifiers = (text: string): string =>
  text.replaceAll(/(?<="identifiers":)\[(?:"(?:[^"\\]|\\.)*",?)+\]/g, (list) =>
    JSON.stringify((JSON.parse(list) as string[]).toSorted()),
  )

const sortedParts = (text: string): string => sortedIdentifiers(sortedAddresses(sortedCauses(text)))

/** Keyset tokens come from a Go map, CSRF tokens from chance. */
const settled = (header: string): string =>
  header
    .replaceAll(
      /page_token=((?:aWQ9|Y3JlYXRl)[A-Za-z0-9+/]+)/g,
      (_, token: string) => `page_token=${atob(token).split('/').sort().join('/')}`,
    )
    .replaceAll(/csrf_token_[0-9a-f]{64}=[^;]+/g, 'csrf_token')

const firstDifference = (recorded: string, given: string): string => {
  let at = 0
  while (at < recorded.length && recorded[at] === given[at]) at++
  const part = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 60), at + 120))
  return `at ${at}\n    Kratos ${part(recorded)}\n    mock   ${part(given)}`
}

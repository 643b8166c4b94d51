import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/model/operations.ts'
import type { ProfileName } from '../../src/profiles/profile.ts'
import type { Quirk, Release, Touch } from '../../src/profiles/quirk.ts'
import { quirks, type QuirkName } from '../../src/profiles/quirks.ts'
import type { WorldState } from '../../src/world/world.ts'
import { Comparison } from './compare.ts'
import { Bindings } from './flows/bindings.ts'
import { flowScripts, readFlowRecording, translated } from './flows/replay-flows.ts'
import type { Answered } from './recorded-call.ts'
import { readRecording, releases, type RecordedExchange, type RecordedRelease, type Recording } from './recording.ts'
import { Switched } from './switched.ts'

type Request = RecordedExchange['request']

/** A request, and what it was answered by two mocks that differ in one quirk. */
interface Pair {
  readonly request: Request
  readonly operations: readonly (Operation | undefined)[]
  readonly answers: readonly Answered[]
}

const is: Readonly<Partial<Record<Touch, (pair: Pair) => boolean>>> = {
  errors: ({ answers }) => answers.some(({ status }) => status >= 400),
  unrouted: ({ operations }) => operations.includes(undefined),
  'without /admin': ({ request }) => request.server === 'admin' && !request.path.startsWith('/admin'),
  escaped: ({ request }) => request.path.includes('%'),
  HEAD: ({ request }) => request.method === 'HEAD',
  blanks: ({ request }) => /[?&][^=&]+=?(?:&|$)/.test(request.path),
  unsafe: ({ request }) => request.server === 'public' && !['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(request.method),
}

const touched = ({ touches }: Quirk, pair: Pair): boolean =>
  touches.some((touch) => is[touch]?.(pair) ?? pair.operations.some((operation) => operation?.id === touch))

/** Whether two answers are the same but for headers, as those that quirks are about. */
const areAlike = (a: Answered, b: Answered, but: ReadonlySet<string>): boolean =>
  a.status === b.status &&
  a.body === b.body &&
  [...new Set([...Object.keys(a.headers), ...Object.keys(b.headers)])].every(
    (name) => a.headers[name] === b.headers[name] || but.has(name),
  )

/** What a recorded client does with what it was answered: it brings back what was drawn. */
interface Client {
  readonly request: (recorded: Request) => Request
  readonly learn: (recorded: RecordedExchange['response'], answered: Answered, isRead: boolean) => void
}

const clientOf = ({ stateText }: Recording): Client => {
  const comparison = new Comparison(stateText, 'sqlite')
  return {
    request: (recorded) => ({
      ...recorded,
      path: comparison.translate(recorded.path),
      body: recorded.body ? comparison.translate(recorded.body) : null,
    }),
    learn: (recorded, answered, isRead) => {
      if (!isRead) comparison.differences(recorded, answered, false)
    },
  }
}

const flowClientOf = ({ stateText }: Recording): Client => {
  const bindings = new Bindings(stateText)
  return {
    request: (recorded) => translated(bindings, recorded),
    learn: (recorded, answered) => bindings.differences(recorded, answered),
  }
}

/** The scripts of a release; what goes after databases, and random clients, are for one profile alone. */
const walksOf = (release: RecordedRelease, withAll: boolean): (readonly [Recording, Client])[] => {
  const scripts = readdirSync(new URL(`${release}/`, import.meta.url))
    .map((file) => file.replace(/\.jsonl\.gz$/, ''))
    .filter((script) => withAll || !/^(?:db|random)-/.test(script))
  return [
    ...scripts
      .map((script) => readRecording(release, script, 'sqlite'))
      .map((recording) => [recording, clientOf(recording)] as const),
    ...flowScripts
      .filter((script) => withAll || !script.endsWith('random'))
      .map((script) => readFlowRecording(release, script))
      .map((recording) => [recording, flowClientOf(recording)] as const),
  ]
}

/** A mock with quirks switched, and the headers that these are about; what they are told of does not count either. */
interface Other {
  readonly mock: Switched
  readonly about: ReadonlySet<string>
}

/** Mocks of a profile with quirks switched, one for each set of them that was asked for. */
class Switches {
  readonly #base: ProfileName
  readonly #isOn: boolean
  readonly #made = new Map<string, Promise<Other>>()

  constructor(base: ProfileName, isOn: boolean) {
    this.#base = base
    this.#isOn = isOn
  }

  of(names: readonly QuirkName[]): Promise<Other> {
    const key = names.join(' ')
    const made = this.#made.get(key) ?? this.#make(names)
    this.#made.set(key, made)
    return made
  }

  async #make(names: readonly QuirkName[]): Promise<Other> {
    const switched = Object.fromEntries(names.map((name) => [name, this.#isOn] as const))
    const about = new Set<string>(names.flatMap((name) => quirks[name].touches))
    return { mock: await Switched.start(this.#base, switched), about }
  }
}

/** A request that a mock answered, and the state that it came to. */
interface Sent {
  readonly request: Request
  readonly before: WorldState
  readonly operation: Operation | undefined
  readonly answered: Answered
  readonly isRead: boolean
  /** What was there after a write. */
  readonly rows: string
}

/** What a mock with quirks switched does otherwise, but for the headers that they are about; undefined where nothing. */
const difference = async (
  { mock, about }: Other,
  { request, before, answered, isRead, rows }: Sent,
): Promise<{ readonly switched: Answered; readonly what: string } | undefined> => {
  mock.state = before
  const switched = await mock.send(request)
  if (!areAlike(answered, switched, about))
    return { switched, what: `${JSON.stringify(answered)}\n  ${JSON.stringify(switched)}` }
  const isSame = isRead ? mock.state.tables === before.tables : rows === mock.rows.join('\n')
  return isSame ? undefined : { switched, what: 'what it leaves behind' }
}

/** Which quirks change a request that they should not, each switched alone. */
const straysOf = async (switches: Switches, names: readonly QuirkName[], sent: Sent): Promise<string[]> => {
  const { request, operation, answered } = sent
  const unconcerned = names.filter(
    (name) => !touched(quirks[name], { request, operations: [operation], answers: [answered] }),
  )
  // All at once change nothing if each of them does not; where they do, it is looked at one by one.
  if ((await difference(await switches.of(unconcerned), sent)) === undefined) return []
  const found: string[] = []
  for (const name of unconcerned) {
    const other = await switches.of([name])
    const differs = await difference(other, sent)
    const operations = [operation, other.mock.operationOf(request)]
    if (differs === undefined || touched(quirks[name], { request, operations, answers: [answered, differs.switched] }))
      continue
    found.push(`${name}: ${request.server} ${request.method} ${request.path}\n  ${differs.what}`)
  }
  return found
}

/** What quirks change of what they should not, when they are switched in a profile, over a release's recordings. */
const strays = async (base: ProfileName, names: readonly QuirkName[], release: RecordedRelease): Promise<string[]> => {
  const isOn = base === 'documented'
  const switches = new Switches(base, isOn)
  const { mock: plain } = await switches.of([])
  const found: string[] = []
  for (const [recording, client] of walksOf(release, isOn)) {
    await plain.begin(recording)
    for (const exchange of recording.exchanges) {
      const request = client.request(exchange.request)
      const before = plain.state
      const answered = await plain.send(request)
      const isRead = plain.state.tables === before.tables
      client.learn(exchange.response, answered, isRead)
      const rows = isRead ? '' : plain.rows.join('\n')
      const operation = plain.operationOf(request)
      found.push(...(await straysOf(switches, names, { request, before, operation, answered, isRead, rows })))
    }
  }
  return found
}

const all = Object.keys(quirks) as QuirkName[]
const having = (release: Release): readonly QuirkName[] => all.filter((name) => quirks[name].releases.includes(release))

describe('a quirk changes what its entry names and nothing else', () => {
  test('switched on in documented', async () => {
    expect(await strays('documented', all, 'next')).toEqual([])
  })

  test.each(Object.keys(releases) as RecordedRelease[])('switched off in %s', async (release) => {
    expect(await strays(releases[release], having(release), release)).toEqual([])
  })
})

import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/model/operations.ts'
import type { ProfileName } from '../../src/profiles/profile.ts'
import type { Quirk, Release, Touch } from '../../src/profiles/quirk.ts'
import { quirks, type QuirkName } from '../../src/profiles/quirks.ts'
import { Comparison } from './compare.ts'
import { readRecording, releases, type RecordedExchange, type RecordedRelease } from './recording.ts'
import { Switched, type Answered } from './switched.ts'

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

/** An answer but for the headers that a quirk is about; what they are told of does not count either. */
const apartFrom = ({ touches }: Quirk, { status, headers, body }: Answered): Answered => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !touches.includes(name as Touch))),
  body,
})

/** Requests of one kind are answered by much the same lines of code, as far as can be told from outside. */
const kindOf = ({ server, method, path }: Request, operation: Operation | undefined, answered: Answered): string => {
  const [at = '', query = ''] = path.split('?')
  const names = query === '' ? [] : query.split('&').map((pair) => pair.split('=')[0]!)
  const where = operation?.id ?? `${at.split('/').length} segments`
  const why = answered.status < 400 ? '' : /"reason":"[^`"]{0,20}/.exec(answered.body)?.[0]
  return [server, method, where, ...new Set(names.toSorted()), answered.status, why].join(' ')
}

const scriptsOf = (release: RecordedRelease): readonly string[] =>
  readdirSync(new URL(`${release}/`, import.meta.url)).map((file) => file.replace(/\.jsonl\.gz$/, ''))

/** What each quirk changes of what it should not, when it is switched in a profile, over a release's recordings. */
const strays = async (base: ProfileName, names: readonly QuirkName[], release: RecordedRelease): Promise<string[]> => {
  const isOn = base === 'documented'
  const seen = new Set<string>()
  const found: string[] = []
  const plain = await Switched.start(base, {})
  const others = new Map<QuirkName, Switched>()
  for (const name of names) others.set(name, await Switched.start(base, { [name]: isOn }))
  for (const script of scriptsOf(release)) {
    const recording = readRecording(release, script, 'sqlite')
    await plain.begin(recording)
    const comparison = new Comparison(recording.stateText, 'sqlite')
    for (const exchange of recording.exchanges) {
      const { path, body } = exchange.request
      const [at, sent] = [comparison.translate(path), body ? comparison.translate(body) : null]
      const request = { ...exchange.request, path: at, body: sent }
      const before = plain.state
      const answered = await plain.send(request)
      const isRead = plain.state.tables === before.tables
      if (!isRead) comparison.differences(exchange.response, answered, false)
      const operation = plain.operationOf(request)
      const kind = kindOf(request, operation, answered)
      if (seen.has(kind)) continue
      seen.add(kind)
      const rows = isRead ? '' : plain.rows.join('\n')
      for (const [name, other] of others) {
        other.state = before
        const answers = [answered, await other.send(request)]
        if (touched(quirks[name], { request, operations: [operation, other.operationOf(request)], answers })) continue
        const [a, b] = answers.map((one) => JSON.stringify(apartFrom(quirks[name], one)))
        const isSame = isRead ? other.state.tables === before.tables : rows === other.rows.join('\n')
        if (a !== b) found.push(`${name}: ${request.server} ${request.method} ${path}\n  ${a}\n  ${b}`)
        else if (!isSame) found.push(`${name}: what ${request.method} ${path} leaves behind`)
      }
    }
  }
  if (process.env.KINDS) console.error(base, release, seen.size)
  return found
}

const all = Object.keys(quirks) as QuirkName[]
const having = (release: Release): readonly QuirkName[] => all.filter((name) => quirks[name].releases.includes(release))

describe('a quirk changes what its entry names and nothing else', () => {
  test.each(['next', 'v1.3.1'] as const)('switched on in documented, over the requests of %s', async (release) => {
    expect(await strays('documented', all, release)).toEqual([])
  })

  test.each(Object.keys(releases) as RecordedRelease[])('switched off in %s', async (release) => {
    expect(await strays(releases[release], having(release), release)).toEqual([])
  })
})

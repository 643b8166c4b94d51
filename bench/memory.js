/**
 * Prints how long 100,000 sessions of 12,500 identities take to be there, up to the first page of one's sessions, and
 * what they take of the heap once all their orders have been read; generated, or from an object. Run with --expose-gc.
 */
import { createMock } from '../dist/index.js'
import { teamOf } from './team.js'

const IDENTITIES = 12_500
const SESSIONS = 100_000

const generate = { generate: { identities: IDENTITIES, sessions: SESSIONS / IDENTITIES } }

const held = () => {
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

const read = async (mock, path, init) => (await mock.fetch(`${mock.url}${path}`, init)).json()

/** A mock of which somebody has seen a first page. */
const begin = async (given) => {
  const made = await createMock({ seed: given })
  const [{ id }] = await read(made, '/admin/identities?page_size=1')
  await read(made, `/admin/identities/${id}/sessions`)
  return made
}

/** Reads in all the orders that rows lie in. */
const readAll = async (mock) => {
  const [session] = await read(mock, '/admin/sessions?page_size=1')
  await read(mock, `/admin/sessions/${session.id}`)
  await read(mock, '/admin/identities?credentials_identifier=nobody')
  await read(mock, '/sessions/whoami', { headers: { 'x-session-token': 'nobody' } })
}

/** What comes after the first time is not the code's and its caches' own. */
const first = await begin({ generate: { identities: 10, sessions: 8 } })
await readAll(first)
await first.close()
const before = held()
let seed = process.argv[2] === 'object' ? teamOf(IDENTITIES, SESSIONS) : generate
const started = performance.now()
const mock = await begin(seed)
const took = performance.now() - started
seed = undefined
await readAll(mock)
console.log(JSON.stringify({ bytes: (held() - before) / SESSIONS, took }))
await mock.close()

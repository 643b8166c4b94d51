/** Prints what 100,000 sessions of 12,500 identities take of the heap, generated or from an object. Run with --expose-gc. */
import { createMock } from '../dist/index.js'
import { teamOf } from './team.js'

const IDENTITIES = 12_500
const SESSIONS = 100_000

const generate = { generate: { identities: IDENTITIES, sessions: SESSIONS / IDENTITIES } }

const held = () => {
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** What comes after the first time is not the code's and its caches' own. */
await (await createMock({ seed: { generate: { identities: 10, sessions: 8 } } })).close()
const before = held()
let seed = process.argv[2] === 'object' ? teamOf(IDENTITIES, SESSIONS) : generate
const started = performance.now()
const mock = await createMock({ seed })
const took = performance.now() - started
seed = undefined
console.log(JSON.stringify({ bytes: (held() - before) / SESSIONS, took }))
await mock.close()

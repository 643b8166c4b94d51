/** Prints the heap that each of 100,000 sessions of 12,500 identities takes. Run with --expose-gc. */
import { createMock } from '../dist/index.js'

const SESSIONS = 100_000
globalThis.gc()
const before = process.memoryUsage().heapUsed
const started = performance.now()
const mock = await createMock({ seed: { generate: { identities: 12_500, sessions: 8 } } })
const took = performance.now() - started
globalThis.gc()
console.log(JSON.stringify({ bytes: (process.memoryUsage().heapUsed - before) / SESSIONS, took }))
await mock.close()

/** A child process that serves until it is told to stop, and says how much it holds. Run with --expose-gc. */
import { startMock } from '../dist/index.js'

const failed = (error) => {
  process.send({ failure: String(error?.stack ?? error) })
  process.exitCode = 1
}
process.on('uncaughtException', failed)
process.on('unhandledRejection', failed)

const generate = { identities: 500, sessions: { min: 4, max: 12 } }
const ory = await startMock({ port: 0, seed: { generate }, now: '2026-11-23T01:00:00Z', logLevel: 'silent' })
process.on('message', async (message) => {
  if (message === 'heap') {
    globalThis.gc()
    process.send({ heap: process.memoryUsage().heapUsed })
  } else {
    const started = performance.now()
    await ory.close()
    process.send({ closed: performance.now() - started })
    process.disconnect()
  }
})
process.send({ url: ory.url })

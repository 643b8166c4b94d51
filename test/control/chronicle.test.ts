import { expect, test } from 'vitest'
import { Chronicle } from '../../src/http/control/chronicle.ts'
import { BodyCapture } from '../../src/journal/body-capture.ts'
import type { RequestFacts } from '../../src/journal/entry.ts'
import { Journal } from '../../src/journal/journal.ts'

const factsOf = (target: string, body?: BodyCapture): RequestFacts => ({
  method: 'GET',
  target,
  operation: undefined,
  headers: [],
  body,
  status: 200,
  started: 0,
})

test('a change that no request shows any more keeps nobody from hearing of the next request', async () => {
  const journal = new Journal({
    now: () => 0,
    running: () => false,
    stopwatch: () => 0,
    sleep: async () => {},
    changes: 0,
  })
  let end = (): void => {}
  const body = new BodyCapture(
    new Promise((resolve) => {
      end = () => resolve(new Uint8Array())
    }),
  )
  journal.record(factsOf('/forgotten', body))
  journal.clear()
  const chronicle = new Chronicle(journal)
  const known = journal.changes
  end()
  await body.whole
  await expect.poll(() => journal.changes).toBeGreaterThan(known)
  expect(chronicle.from(known, 1000)?.text.length).toBe(0)
  journal.record(factsOf('/next'))
  expect(new TextDecoder().decode(chronicle.from(known, 1000)?.text)).toContain('"path":"/next"')
})

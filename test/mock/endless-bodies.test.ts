import { expect, test } from 'vitest'
import { createMock } from '../../src/index.ts'
import { NOW } from '../support.ts'

const PATHS = ['/admin/identities', '/_mock/seed', '/self-service/login?flow=00000000-0000-4000-8000-000000000001']

/** A body that goes on for ever, and hears when nobody wants it any more. */
const endless = (): { body: ReadableStream; left: Promise<void> } => {
  let leave = (): void => {}
  const left = new Promise<void>((resolve) => (leave = resolve))
  return { body: new ReadableStream({ pull: () => new Promise(() => {}), cancel: leave }), left }
}

const send = (body: ReadableStream, signal?: AbortSignal): RequestInit =>
  ({ method: 'POST', body, duplex: 'half', headers: { 'Content-Type': 'application/json' }, signal }) as RequestInit

test.each(PATHS)('a body that does not end is over when its client leaves: %s', async (path) => {
  await using ory = await createMock({ now: NOW })
  const { body, left } = endless()
  const leaving = new AbortController()
  const asked = ory.fetch(path, send(body, leaving.signal))
  leaving.abort(new Error('enough'))
  await expect(asked).rejects.toThrow('enough')
  await left
})

test.each(PATHS)('a body that does not end is over when the mock closes: %s', async (path) => {
  const ory = await createMock({ now: NOW })
  const { body, left } = endless()
  const asked = ory.fetch(path, send(body))
  await Promise.all([expect(asked).rejects.toThrow(TypeError), ory.close(), left])
})

test.each(PATHS)('a body that breaks is refused as fetch refuses it: %s', async (path) => {
  await using ory = await createMock({ now: NOW })
  const body = new ReadableStream({ start: (to) => to.error(new Error('broken')) })
  await expect(ory.fetch(path, send(body))).rejects.toMatchObject({
    message: 'fetch failed',
    cause: { message: 'broken' },
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { connect, ControlError, type Mock } from '../src/index.ts'

/** Every call, by its name. */
const calls: Readonly<Record<string, (ory: Mock) => Promise<unknown>>> = {
  seed: (ory) => ory.seed({ identities: [] }),
  reset: (ory) => ory.reset(),
  snapshot: (ory) => ory.snapshot(),
  restore: (ory) => ory.restore({ id: 'snapshot-1' }),
  project: (ory) => ory.project(),
  now: (ory) => ory.clock.now(),
  advance: (ory) => ory.clock.advance('1h'),
  add: (ory) => ory.faults.add({ delay: 1 }),
  list: (ory) => ory.faults.list(),
  remove: (ory) => ory.faults.remove('one'),
  verify: (ory) => ory.faults.verify(),
  requests: (ory) => ory.requests.list(),
  wait: (ory) => ory.requests.wait(),
  clear: (ory) => ory.requests.clear(),
}

test.each([
  ['a page', 200, '<!doctype html><h1>Hello</h1>'],
  ['nothing', 200, ''],
  ['another object', 200, '{"status":"up"}'],
  ['an error of its own', 404, '{"message":"not found"}'],
  ['a page of an error', 502, '<h1>Bad Gateway</h1>'],
])('a server that answers everything with %s is said to be no mock', async (_title, status, body) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    for (const [name, call] of Object.entries(calls)) {
      const error: unknown = await call(connect(url)).catch((reason: unknown) => reason)
      expect([name, error]).toEqual([name, expect.any(ControlError)])
      expect((error as Error).message).toMatch(new RegExp(`^${url}/_mock/\\S+ is no mock: it answered ${status} `))
    }
  } finally {
    server.close()
  }
})

test.each([Symbol('a'), 10n, 7, {}, null])('what is no URL at all says what it takes', (url) => {
  expect(() => connect(url as never)).toThrow('is no URL of a mock, such as http://127.0.0.1:4434')
})

test('a URL that is none says so, a variable that is not set above all', () => {
  expect(() => connect(process.env['NO_SUCH_VARIABLE'])).toThrow(/needs the URL of a mock.*got undefined/)
  expect(() => connect('')).toThrow(/got an empty text/)
  expect(() => connect('localhost:4434/x y')).toThrow(/is no http URL|is no URL of a mock/)
  expect(() => connect('nowhere')).toThrow('"nowhere" is no URL of a mock')
  expect(() => connect('ftp://localhost')).toThrow('is no http URL')
})

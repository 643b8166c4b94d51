/** A child process that serves: the mock, with or without fault rules, or a bare node:http server with the same bytes. */
import { createServer } from 'node:http'
import { startMock } from '../dist/index.js'
import { teamOf } from './team.js'

const [, , kind, path] = process.argv
const unmatched = Array.from({ length: 100 }, (_, n) => ({ id: `r${n}`, match: { operation: 'listSessions' }, effect: { status: 503 } }))
const mock = await startMock({ port: 0, seed: teamOf(1, 10), ...(kind === 'armed' ? { faults: unmatched } : {}) })

if (kind === 'bare') {
  const response = await fetch(mock.url + path)
  const body = await response.text()
  const headers = Object.fromEntries(response.headers)
  for (const own of ['date', 'connection', 'keep-alive']) delete headers[own]
  const server = createServer((_request, answer) => {
    answer.writeHead(200, headers)
    answer.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
} else process.send(Number(new URL(mock.url).port))

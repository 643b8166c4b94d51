/** A child process that serves: the mock, or a bare node:http server with the same bytes. */
import { createServer, get } from 'node:http'
import { startMock } from '../dist/index.js'
import { teamOf } from './team.js'

const [, , kind, path] = process.argv
const seed = teamOf(2000, 20_000)
/** Whose session the caller's own requests show. */
const TOKEN = 'ory_st_bench'
seed.sessions[0].token = TOKEN
const mock = await startMock({ port: 0, seed })

/** What Node adds to every answer by itself. */
const OWN = new Set(['date', 'connection', 'keep-alive'])

const serveBare = async () => {
  const response = await new Promise((resolve) =>
    get(mock.url + path, { headers: { 'X-Session-Token': TOKEN } }, resolve),
  )
  const chunks = await response.toArray()
  const body = Buffer.concat(chunks).toString()
  const headers = {}
  for (let at = 0; at < response.rawHeaders.length; at += 2) {
    const name = response.rawHeaders[at]
    if (!OWN.has(name.toLowerCase())) headers[name] = response.rawHeaders[at + 1]
  }
  await mock.close()
  const server = createServer((_request, answer) => {
    answer.writeHead(200, headers)
    answer.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, root: '' }))
}

if (kind === 'bare') await serveBare()
else {
  const { url } = kind === 'project' ? await mock.project('bench') : mock
  const { port, pathname } = new URL(url)
  process.send({ port: Number(port), root: pathname === '/' ? '' : pathname })
}

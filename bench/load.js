/** Keep-alive load from raw sockets, bounded in count and time. */
import { fork } from 'node:child_process'
import { connect } from 'node:net'
import { uuid } from './team.js'

const CONNECTIONS = 16
const LAST_CHUNK = '\r\n0\r\n\r\n'

/** The size of a whole answer: of equal requests all are equally long, the date included. */
const sizeOf = (port, request) =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const head = text.indexOf('\r\n\r\n') + 4
      const length = /^content-length: (\d+)\r$/im.exec(text.slice(0, head))?.[1]
      const whole = length === undefined ? text.endsWith(LAST_CHUNK) : text.length === head + Number(length)
      if (head < 4 || !whole) return
      socket.destroy()
      resolve(text.length)
    })
  })

/** Answers a second for `ms`, on sockets that each wait for an answer before they ask again. */
const burst = async ({ port, root, path, turn }, ms) => {
  const targetOf = (n) =>
    turn ? `${path.replace(uuid(1), uuid(1 + (n % 2000)))}&turn=${String(n).padStart(9, '0')}` : path
  const requestOf = (n) =>
    `GET ${root}${targetOf(n)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\nX-Session-Token: ory_st_bench\r\n\r\n`
  const size = await sizeOf(port, requestOf(turns))
  return new Promise((resolve, reject) => {
    let answers = 0
    let open = CONNECTIONS
    const started = performance.now()
    for (let n = 0; n < CONNECTIONS; n++) {
      const socket = connect(port, '127.0.0.1')
      let received = 0
      socket.setNoDelay()
      socket.on('error', reject)
      socket.on('data', (chunk) => {
        received += chunk.length
        if (received < size) return
        if (received > size) {
          reject(new Error(`${path} gave ${received} bytes, not ${size}`))
          return
        }
        received = 0
        answers++
        const took = performance.now() - started
        if (took < ms) {
          socket.write(requestOf(++turns))
          return
        }
        socket.destroy()
        if (--open === 0) resolve((answers / took) * 1000)
      })
      socket.write(requestOf(++turns))
    }
  })
}

/** Counts requests over all bursts, so that none asks what another did. */
let turns = 0

/** The middle one. */
export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

const serverOf = async (kind, path, turn) => {
  const child = fork(new URL('server.js', import.meta.url), [kind, path])
  const { port, root } = await new Promise((resolve) => child.once('message', resolve))
  return { child, port, root, path, turn, rates: [] }
}

/**
 * Median answers a second of one mock without fault rules and with these armed, from alternating runs: two processes
 * that do the same differ by more than rules cost. Each request has a query of its own.
 */
export const withRules = async (rules, path, { rounds = 15, ms = 400 } = {}) => {
  const server = await serverOf('mock', path, true)
  const faults = `http://127.0.0.1:${server.port}/_mock/faults`
  const headers = { 'Content-Type': 'application/json' }
  const armed = { ...server, rates: [] }
  await burst(server, ms)
  for (let round = 0; round < rounds; round++) {
    server.rates.push(await burst(server, ms))
    await fetch(faults, { method: 'POST', headers, body: JSON.stringify(rules) })
    armed.rates.push(await burst(armed, ms))
    await fetch(faults, { method: 'DELETE' })
  }
  server.child.kill()
  return [median(server.rates), median(armed.rates)]
}

/**
 * Median answers a second of each kind of server in a process of its own, from alternating runs.
 * @param {boolean} turn Whether each request has a query of its own, so that no answer was given before.
 */
export const compare = async (kinds, path, { turn = false, rounds = 7, ms = 600 } = {}) => {
  const servers = await Promise.all(kinds.map((kind) => serverOf(kind, path, turn)))
  for (const server of servers) await burst(server, ms)
  for (let round = 0; round < rounds; round++) for (const server of servers) server.rates.push(await burst(server, ms))
  for (const { child } of servers) child.kill()
  return servers.map(({ rates }) => median(rates))
}

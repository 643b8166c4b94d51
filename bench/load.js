/** Keep-alive load from raw sockets, bounded in count and time. */
import { fork } from 'node:child_process'
import { connect } from 'node:net'

const CONNECTIONS = 16
const END = Buffer.from('\r\n0\r\n\r\n')

const ended = (chunk, sized) => (sized === undefined ? chunk.subarray(-END.length).equals(END) : true)

/** Requests in `ms` on sockets that each wait for an answer before they ask again. */
const burst = ({ port, path }, ms) =>
  new Promise((resolve, reject) => {
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\n\r\n`
    let answers = 0
    let open = CONNECTIONS
    let over = false
    setTimeout(() => (over = true), ms)
    for (let n = 0; n < CONNECTIONS; n++) {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay()
      socket.on('error', reject)
      socket.write(request)
      socket.on('data', (chunk) => {
        if (!ended(chunk, path.includes('sized') ? true : undefined)) return
        answers++
        if (!over) return void socket.write(request)
        socket.destroy()
        if (--open === 0) resolve((answers / ms) * 1000)
      })
    }
  })

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Median requests a second of each kind of server, from alternating runs. */
export const compare = async (kinds, path, rounds = 7, ms = 700) => {
  const servers = await Promise.all(
    kinds.map(async (kind) => {
      const child = fork(new URL('server.js', import.meta.url), [kind, path])
      const port = await new Promise((resolve) => child.once('message', resolve))
      return { child, port, path, rates: [] }
    }),
  )
  for (const server of servers) await burst(server, ms)
  for (let round = 0; round < rounds; round++) for (const server of servers) server.rates.push(await burst(server, ms))
  for (const { child } of servers) child.kill()
  return servers.map(({ rates }) => median(rates))
}

export { median }

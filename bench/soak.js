/**
 * Many projects under load: reads, writes, clock moves, faults, resets, removals and rude clients at once, on loopback.
 * Fails when an answer is not the one that its own project must give, when memory grows, or on any unhandled error.
 *   node bench/soak.js [--seconds 30] [--projects 200] [--connections 50] [--seed 1]
 */
import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    projects: { type: 'string', default: '200' },
    connections: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
})
const [seconds, count, connections, seed] = ['seconds', 'projects', 'connections', 'seed'].map((name) =>
  Number(values[name]),
)
if (![seconds, count, connections, seed].every((value) => value > 0 && value <= 3600))
  throw new RangeError('Options take numbers from 1 to 3600.')

const NOW = Date.parse('2026-11-23T01:00:00Z')
let state = seed
const random = (below) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const server = fork(new URL('soak-server.js', import.meta.url), { execArgv: ['--expose-gc'] })
const said = (key) =>
  new Promise((resolve) => {
    const listen = (message) => {
      if (!(key in message)) return
      server.off('message', listen)
      resolve(message[key])
    }
    server.on('message', listen)
  })
const failures = []
const fail = (what) => {
  if (failures.length < 20) failures.push(what)
}
server.on('message', ({ failure }) => failure !== undefined && fail(`unhandled in the server: ${failure}`))
server.on('exit', (code) => code !== 0 && fail(`the server ended with ${code}`))

const url = new URL(await said('url'))
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const call = (method, path, body, name = '') =>
  new Promise((resolve, reject) => {
    const sent = request(
      { agent, host: url.hostname, port: url.port, method, path, headers: { 'x-project': name } },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk) => (text += chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode,
            fault: answer.headers['ory-mock-fault'],
            link: answer.headers.link,
            json: () => JSON.parse(text),
            text,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })

/** What one project must answer, kept beside it. Only one story of a project is told at a time. */
class Story {
  constructor(name) {
    this.name = name
    this.root = `/_mock/projects/${name}`
  }

  call(method, path, body) {
    return call(method, this.root + path, body, this.name)
  }

  expect(truth, what) {
    if (!truth) fail(`${this.name}: ${what}`)
  }

  async make() {
    const made = await call('POST', '/_mock/projects', { name: this.name })
    this.expect(made.status === 201, `made with ${made.status}`)
    await this.begin()
  }

  async begin() {
    this.now = NOW
    this.sessions = 1 + random(4)
    this.faults = 0
    const seeded = await this.call('POST', '/_mock/seed', {
      identities: [
        {
          external_id: this.name,
          traits: { owner: this.name },
          sessions: Array.from({ length: this.sessions }, () => ({ expires_at: '+1h' })),
        },
      ],
    })
    this.expect(seeded.status === 201, `seeded with ${seeded.status}`)
    this.id = seeded.json().identities[0].id
  }

  async read() {
    const identity = (await this.call('GET', `/admin/identities/${this.id}`)).json()
    this.expect(identity.traits?.owner === this.name, `read ${JSON.stringify(identity).slice(0, 200)}`)
    const alive = this.now < NOW + 3_600_000 ? this.sessions : 0
    const page = await this.call('GET', `/admin/identities/${this.id}/sessions?active=true&page_size=250`)
    this.expect(
      page.status === 200 && page.json().length === alive,
      `has ${page.text.slice(0, 100)}, not ${alive} sessions`,
    )
    this.expect(page.link.includes(`<${this.root}/`), `links to ${page.link}`)
  }

  async write() {
    const answer = await this.call('DELETE', `/admin/identities/${this.id}/sessions`)
    this.expect(answer.status === 204, `signed out with ${answer.status}`)
    this.sessions = 0
  }

  /** Identities that come, change and go, alone and several at once. */
  async life() {
    const identities = '/admin/identities'
    const owned = (n) => ({ traits: { owner: this.name, email: `${n}@example.com` } })
    const created = await this.call('POST', identities, owned(1))
    this.expect(created.status === 201, `created with ${created.status}`)
    const one = `${identities}/${created.json().id}`
    this.expect((await this.call('POST', identities, owned(1))).status === 409, 'took an address twice')
    const patch = [{ op: 'replace', path: '/traits/email', value: '2@example.com' }]
    const patched = (await this.call('PATCH', one, patch)).json()
    this.expect(patched.traits?.email === '2@example.com', `patched ${JSON.stringify(patched).slice(0, 200)}`)
    const batch = { identities: [1, 2, 3].map((n) => ({ create: owned(n) })) }
    const made = (await this.call('PATCH', identities, batch)).json().identities
    this.expect(made.map(({ action }) => action).join() === 'create,error,create', `made ${JSON.stringify(made)}`)
    const found = (await this.call('GET', `${identities}?credentials_identifier=3@example.com`)).json()
    this.expect(found.length === 1 && found[0].traits.owner === this.name, 'does not find whom it made')
    for (const id of [created.json().id, made[0].identity, made[2].identity]) {
      const { status } = await this.call('DELETE', `${identities}/${id}`)
      this.expect(status === 204, `deleted with ${status}`)
    }
  }

  async clock() {
    const by = random(40) - 10
    const { now } = (await this.call('POST', '/_mock/clock/advance', { by: `${by}m` })).json()
    this.now += by * 60_000
    this.expect(Date.parse(now) === this.now, `is at ${now}`)
  }

  async fault() {
    const id = `${this.name}.${++this.faults}`
    const status = 500 + random(5)
    await this.call('POST', '/_mock/faults', {
      id,
      match: { operation: 'getIdentity' },
      when: { times: 1 },
      effect: { status },
    })
    const answer = await this.call('GET', `/admin/identities/${this.id}`)
    this.expect(answer.status === status && answer.fault === id, `faulted with ${answer.status} by ${answer.fault}`)
    this.expect((await this.call('POST', '/_mock/faults/verify')).status === 204, 'has a rule that never fired')
    await this.call('DELETE', '/_mock/faults')
  }

  async journal() {
    const entries = (await this.call('GET', '/_mock/requests')).json()
    this.expect(
      entries.length <= 1000 && entries.every(({ headers }) => headers['x-project'] === this.name),
      "saw another's request",
    )
  }

  async snapshot() {
    const { id } = (await this.call('POST', '/_mock/snapshots')).json()
    const { now, sessions } = this
    await this.write()
    await this.clock()
    await this.call('POST', `/_mock/snapshots/${id}/restore`)
    Object.assign(this, { now, sessions })
    await this.read()
  }

  async reset() {
    this.expect((await this.call('POST', '/_mock/reset')).status === 204, 'was not reset')
    this.expect(
      (await this.call('GET', `/admin/identities/${this.id}`)).status === 404,
      'kept an identity over a reset',
    )
    await this.begin()
  }

  async replace() {
    this.expect((await call('DELETE', this.root)).status === 204, 'was not removed')
    this.expect((await this.call('GET', '/_mock/health')).status === 410, 'answers after its removal')
    await this.make()
  }
}

const ACTS = [
  'read',
  'read',
  'read',
  'read',
  'write',
  'life',
  'clock',
  'clock',
  'fault',
  'journal',
  'snapshot',
  'reset',
  'replace',
]

/** Clients that leave in the middle, send heads slowly, half close, pipeline, or send what is no HTTP. */
const RUDE = [
  (socket) => socket.write('GET /admin/identities HTTP/1.1\r\nHost: localhost\r\n'),
  (socket) => socket.end('GET /admin/identities HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  (socket) =>
    socket.write('GET /admin/identities?page_size=500 HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20), () =>
      socket.destroy(),
    ),
  (socket) =>
    socket.write('POST /_mock/seed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{', () =>
      socket.resetAndDestroy(),
    ),
  (socket) =>
    socket.write('POST /admin/identities HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
  (socket) => socket.write('\x16\x03\x01\x02\x00 no HTTP at all\r\n\r\n'),
  (socket) => socket.write(`GET /${'x'.repeat(30_000)} HTTP/1.1\r\n`),
]
const beRude = () =>
  new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname)
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.on('connect', () => RUDE[random(RUDE.length)](socket))
    socket.on('close', resolve)
    setTimeout(() => socket.destroy(), 50 + random(200))
  })

const stories = Array.from({ length: count }, (_, n) => new Story(`story-${n}`))
await Promise.all(stories.map((story) => story.make()))
const until = performance.now() + seconds * 1000
const busy = () => performance.now() < until && failures.length === 0
let acts = 0
const free = [...stories]
const tell = async () => {
  while (busy()) {
    const story = free.splice(random(free.length), 1)[0]
    try {
      await story[ACTS[random(ACTS.length)]]()
      acts++
    } catch (error) {
      fail(`${story.name}: ${error.stack}`)
    }
    free.push(story)
  }
}
const vandalise = async () => {
  while (busy()) await beRude()
}

const heaps = []
const measure = async () => {
  const heap = said('heap')
  server.send('heap')
  heaps.push(await heap)
}
const watch = async () => {
  const every = Math.max(1, seconds / 10) * 1000
  while (busy()) {
    await new Promise((resolve) => setTimeout(resolve, every))
    await measure()
  }
}
await Promise.all([
  watch(),
  ...Array.from({ length: Math.min(connections, count) }, tell),
  ...Array.from({ length: 5 }, vandalise),
])

// A minute, or half the time of a shorter run, is for what is kept on purpose: journals and pages.
const settled = heaps[Math.min(heaps.length - 1, Math.ceil(heaps.length * Math.min(0.5, 60 / seconds)))]
await measure()
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`
if (heaps.at(-1) > settled * 1.2 + 8 * 2 ** 20)
  fail(`memory grew from ${megabytes(settled)} to ${megabytes(heaps.at(-1))}`)

const hanging = call('GET', '/admin/identities', undefined).catch(() => {})
const closed = said('closed')
server.send('close')
const took = await closed
await hanging
agent.destroy()
if (took > 1000) fail(`closing took ${took} ms`)
console.log(
  `${acts} acts of ${count} projects over ${connections} connections in ${seconds} s; heap ${heaps.map(megabytes).join(', ')}; closed in ${took.toFixed(0)} ms`,
)
for (const failure of failures) console.error(failure)
process.exitCode = failures.length === 0 ? 0 : 1

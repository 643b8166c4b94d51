/** `npm run bench`: what the mock costs, as ratios from alternating runs where a ratio is meant. */
import { execFileSync, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMock } from '../dist/index.js'
import { compare, median } from './load.js'
import { teamOf, uuid } from './team.js'

const rows = []
const row = (what, figure, bound) => {
  rows.push([what, figure, bound])
  process.stderr.write(`${what}: ${figure}\n`)
}
const list = (query) => `/admin/identities/${uuid(1)}/sessions?${query}`

for (const [what, query] of [['page of ten sessions', 'page_size=10'], ['filtered page of three', 'active=true&page_size=3']]) {
  const [bare, mock, armed] = await compare(['bare', 'mock', 'armed'], list(query))
  row(`${what}, against bare node:http`, `${(mock / bare).toFixed(2)} (${Math.round(mock)} of ${Math.round(bare)} a second)`, '0.60 or better')
  if (query === 'page_size=10') row('the same with 100 rules armed that do not match, against none', (armed / mock).toFixed(2), '0.90 or better')
}

const timed = async (repeat, action) => {
  const times = []
  for (let n = 0; n < repeat; n++) {
    const started = performance.now()
    await action()
    times.push(performance.now() - started)
  }
  return median(times)
}

const fixture = join(tmpdir(), `ory-bench-${process.pid}.json`)
writeFileSync(fixture, JSON.stringify(teamOf(2, 6)))
const cli = new URL('../dist/cli.js', import.meta.url).pathname
/** Until the ready line, then stopped. */
const cold = () =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, 'serve', '--json', '--port', '0', '--seed', fixture])
    child.stdout.once('data', () => {
      resolve()
      child.kill('SIGKILL')
    })
  })
const empty = () =>
  new Promise((resolve) => {
    spawn(process.execPath, ['-e', '0']).once('exit', resolve)
  })
await cold()
const ratios = []
for (let n = 0; n < 9; n++) ratios.push((await timed(1, cold)) / (await timed(1, empty)))
row('cold start with a JSON fixture, against `node -e 0`', median(ratios).toFixed(2), '2.6 at most')

const small = teamOf(2, 6)
await timed(20, () => createMock({ seed: small }))
row('`createMock` with a small fixture', `${(await timed(50, () => createMock({ seed: small }))).toFixed(2)} ms`, 'under 2 ms')

const memory = JSON.parse(execFileSync(process.execPath, ['--expose-gc', new URL('memory.js', import.meta.url).pathname], { encoding: 'utf8' }))
row('`createMock` with 100,000 sessions generated', `${Math.round(memory.took)} ms`, '')
row('memory a session, of 100,000', `${Math.round(memory.bytes)} bytes`, '1,024 at most')

const large = await createMock({ seed: teamOf(12_500, 100_000) })
const resets = []
for (let n = 0; n < 50; n++) {
  await large.fetch(`${large.url}/admin/sessions/${uuid(1_000_000 + n)}`, { method: 'DELETE' })
  resets.push(await timed(1, () => large.reset()))
}
row('`reset` after a change, 100,000 sessions held', `${median(resets).toFixed(3)} ms`, 'under 1 ms')

const deep = await createMock({ seed: teamOf(1, 200_000) })
let turn = 0
const page = (query) => async () => (await deep.fetch(`${deep.url}${list(`${query}&turn=${turn++}`)}`)).text()
for (const [what, filter, last] of [['', '', 19_999], [' with `active=true`', '&active=true', 17_999]]) {
  const first = page(`per_page=10&page=0${filter}`)
  const deepest = page(`per_page=10&page=${last}${filter}`)
  await timed(200, first)
  await timed(200, deepest)
  const pairs = []
  for (let n = 0; n < 9; n++) pairs.push((await timed(100, deepest)) / (await timed(100, first)))
  row(`deepest page of 200,000 sessions${what}, against the first`, median(pairs).toFixed(2), filter === '' ? '1.5 at most' : '2 at most')
}

console.log('| what | measured | bound |\n|---|---|---|')
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)
process.exit(0)

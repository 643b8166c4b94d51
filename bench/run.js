/**
 * `npm run bench`: what the mock costs, as ratios from alternating runs where a ratio is meant. Prints a table;
 * with `--readme` the README gets it, too.
 */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { createMock } from '../dist/index.js'
import { compare, median, withRules } from './load.js'
import { teamOf, uuid } from './team.js'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

const rows = []
const row = (what, figure, bound = '') => {
  rows.push(`| ${what} | ${figure} | ${bound} |`)
  process.stderr.write(`${what}: ${figure}\n`)
}

/** How long an action takes, in milliseconds. */
const time = async (action) => {
  const started = performance.now()
  await action()
  return performance.now() - started
}

const times = async (repeat, action) => {
  const all = []
  for (let n = 0; n < repeat; n++) all.push(await time(action))
  return median(all)
}

const list = (query, n = 0) => `/admin/identities/${uuid(1 + (n % 2000))}/sessions?${query}`
const rate = (perSecond) => `${(perSecond / 1000).toFixed(1)}k/s`

// Over HTTP.
for (const [what, kind, path] of [
  ['page of ten sessions, repeated', 'mock', list('page_size=10')],
  ['the same of a project', 'project', list('page_size=10')],
  ['filtered page of three, repeated', 'mock', list('active=true&page_size=3')],
  ['one identity, repeated', 'mock', `/admin/identities/${uuid(1)}`],
  ['whoami, repeated', 'mock', '/sessions/whoami'],
]) {
  const [bare, mock] = await compare(['bare', kind], path)
  row(
    `${what}, against bare \`node:http\` with the same bytes`,
    `${(mock / bare).toFixed(2)} (${rate(mock)} of ${rate(bare)})`,
    '≥ 0.60',
  )
}
const [bare, fresh] = await compare(['bare', 'mock'], list('page_size=10'), { turn: true })
row(
  'page of ten that was never asked for before, of 2,000 identities, against the same',
  `${(fresh / bare).toFixed(2)} (${rate(fresh)} of ${rate(bare)})`,
  '≥ 0.35',
)
for (const { what, match } of [
  { what: 'of another operation', match: () => ({ operation: 'listSessions' }) },
  {
    what: 'of the same operation for another identity',
    match: (n) => ({ operation: 'listIdentitySessions', identity: uuid(5000 + n) }),
  },
]) {
  const rules = Array.from({ length: 100 }, (_, n) => ({ match: match(n), effect: { status: 503 } }))
  const [without, armed] = await withRules(rules, list('page_size=10'))
  row(`the same with 100 fault rules armed ${what}, against none`, (armed / without).toFixed(2), '≥ 0.90')
}

// In-process, against what `fetch` makes of the same bytes anyway.
{
  const ory = await createMock({ seed: teamOf(2000, 20_000) })
  const first = await ory.fetch(list('page_size=10'))
  const headers = Object.fromEntries(first.headers)
  const body = await first.text()
  const ask = async (n) => (await ory.fetch(list('page_size=10', n))).text()
  let turn = 0
  const askAnew = async (n) => (await ory.fetch(list(`page_size=10&turn=${++turn}`, n))).text()
  const platform = async (n) => {
    const request = new Request(ory.url + list('page_size=10', n))
    return (request.signal.aborted ? new Response() : new Response(body, { headers })).text()
  }
  const spent = async (act) => {
    const before = process.cpuUsage()
    for (let n = 0; n < 4000; n++) await act(n)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  await spent(ask)
  const ratios = []
  const anew = []
  for (let n = 0; n < 9; n++) {
    const own = await spent(platform)
    ratios.push(own / (await spent(ask)))
    anew.push(own / (await spent(askAnew)))
  }
  row(
    "in-process, a page of ten of each of 2,000 identities in turn, against the platform's own `Request`, `Response` and `text()`",
    median(ratios).toFixed(2),
    '≥ 0.65',
  )
  row('the same, with a query that was never asked before', median(anew).toFixed(2))
  await ory.close()
}

// What the journal takes of that.
const bundle = await rolldown({ input: here('../src/journal/journal.ts'), logLevel: 'silent' })
const { output } = await bundle.generate({ format: 'esm' })
const { Journal } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
const journal = new Journal({
  now: () => 0,
  running: () => false,
  stopwatch: () => performance.now(),
  sleep: async () => {},
  changes: 0,
})
const facts = {
  method: 'GET',
  target: list('page_size=10'),
  operation: 'listIdentitySessions',
  headers: [],
  status: 200,
  started: 0,
}
const record = () => {
  for (let n = 0; n < 100_000; n++) journal.record(facts)
}
await times(5, record)
const perRecord = (await times(9, record)) / 100_000
row(
  'journal, of a request at that rate',
  `${(perRecord * fresh * 0.1).toFixed(1)} % (${(perRecord * 1e6).toFixed(0)} ns)`,
)

// Starting.
const fixture = join(tmpdir(), `ory-bench-${process.pid}.json`)
writeFileSync(fixture, JSON.stringify(teamOf(2, 6)))
const cold = () =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [here('../dist/cli.js'), '--json', '--port', '0', '--seed', fixture])
    child.stdout.once('data', () => {
      resolve()
      child.kill('SIGKILL')
    })
  })
const empty = () => new Promise((resolve) => spawn(process.execPath, ['-e', '0']).once('exit', resolve))
await cold()
const starts = []
for (let n = 0; n < 21; n++) starts.push([await time(cold), await time(empty)])
row(
  'cold start of the command line with a JSON fixture, against `node -e 0`',
  `${median(starts.map(([a, b]) => a / b)).toFixed(2)} (${Math.round(median(starts.map(([a]) => a)))} ms)`,
  '≤ 2.30',
)
/** How quick the machine is: one that is busy, or another one, takes longer for all of this. */
const started = median(starts.map(([, b]) => b))
const small = teamOf(2, 6)
await times(20, () => createMock({ seed: small }))
row(
  '`createMock` with a small fixture',
  `${(await times(50, () => createMock({ seed: small }))).toFixed(2)} ms`,
  '< 2 ms',
)

// Holding much.
for (const [kind, what] of [
  ['object', 'from an object'],
  ['generated', 'generated'],
]) {
  const printed = execFileSync(process.execPath, ['--expose-gc', here('memory.js'), kind], { encoding: 'utf8' })
  const { bytes, took } = JSON.parse(printed)
  row(
    `\`createMock\` with 100,000 sessions ${what}, up to its first page`,
    `${(took / 1000).toFixed(1)} s (${Math.round(took / started)} times \`node -e 0\`)`,
    kind === 'object' ? '≤ 1.0 s' : '',
  )
  row(`memory of each of them`, `${Math.round(bytes)} bytes`, '≤ 800 bytes')
}
const large = await createMock({ seed: teamOf(12_500, 100_000) })
const resets = []
for (let n = 0; n < 50; n++) {
  await large.fetch(`${large.url}/admin/sessions/${uuid(1_000_000 + n)}`, { method: 'DELETE' })
  resets.push(await time(() => large.reset()))
}
row('`reset` after a change with 100,000 sessions held', `${median(resets).toFixed(3)} ms`, '< 1 ms')
row('a project of its own with 100,000 sessions held', `${(await times(50, () => large.project())).toFixed(3)} ms`)
await large.close()

// Paging deep. Each request has a query of its own, so that each page is made.
const deep = await createMock({ seed: teamOf(1, 200_000) })
let turn = 0
const page = (query) => async () => {
  for (let n = 0; n < 50; n++) await (await deep.fetch(`${deep.url}${list(`${query}&turn=${turn++}`)}`)).text()
}
for (const [filter, last, bound] of [
  ['', 19_999, '≤ 1.5'],
  ['&active=true', 17_999, '≤ 2'],
]) {
  const first = page(`per_page=10&page=0${filter}`)
  const deepest = page(`per_page=10&page=${last}${filter}`)
  await times(3, first)
  await times(3, deepest)
  const pairs = []
  for (let n = 0; n < 15; n++) pairs.push((await time(deepest)) / (await time(first)))
  const what = filter === '' ? '' : ' with `active=true`'
  row(`deepest page of 200,000 sessions${what}, against the first`, median(pairs).toFixed(2), bound)
}

const table = ['| what | measured | bound |', '|---|---|---|', ...rows].join('\n')
console.log(table)
if (process.argv.includes('--readme')) {
  const readme = here('../README.md')
  const text = readFileSync(readme, 'utf8').replace(
    /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/,
    (_, open, close) => `${open}${table}\n${close}`,
  )
  writeFileSync(readme, text)
}
process.exit(0)

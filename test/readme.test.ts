import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flags, formOf } from '../src/cli/flags.ts'
import { routes } from '../src/api/routes.ts'
import { flowRoutes } from '../src/http/flow-routes.ts'
import { operations } from '../src/model/operations.ts'
import { profileNames, profileOf } from '../src/profiles/profile.ts'
import { quirks } from '../src/profiles/quirks.ts'

const file = new URL('../README.md', import.meta.url)
const readme = readFileSync(file, 'utf8')
const profilesFile = new URL('../docs/profiles.md', import.meta.url)
const profiles = readFileSync(profilesFile, 'utf8')

const operationsFile = new URL('../docs/operations.md', import.meta.url)
const operationsText = readFileSync(operationsFile, 'utf8')

const optionTable = (): string =>
  [
    '| option | meaning | default |',
    '|---|---|---|',
    ...flags.map((flag) => `| \`${formOf(flag)}\` | ${flag.meaning} | ${flag.default} |`),
    '| `-v, --version`, `-h, --help` | | |',
  ].join('\n')

const quirkTable = (): string =>
  [
    '| quirk | what Kratos does | releases | source |',
    '|---|---|---|---|',
    ...Object.entries(quirks).map(
      ([name, { summary, releases, source }]) =>
        `| \`${name}\` | ${summary} | ${releases.map((release) => release.replace(/^v(\d+\.\d+).*$/, '$1')).join(', ')} | ${source} |`,
    ),
  ].join('\n')

const operationTable = (): string =>
  [
    `| operation | request | ${profileNames.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|---|${profileNames.map(() => '---').join('|')}|`,
    ...operations.map(({ id, method, path, since }) => {
      const served = profileNames.map((name) => {
        if (since !== undefined && !profileOf(name).knows(since)) return 'not in this release'
        return (routes[id] ?? flowRoutes[id]) === undefined ? 'no' : 'yes'
      })
      return `| ${id} | \`${method} ${path}\` | ${served.join(' | ')} |`
    }),
  ].join('\n')

const section = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- /${name} -->)`)

if (process.env['UPDATE_README'] !== undefined) {
  const updated = readme.replace(section('options'), (_, open, __, close) => `${open}${optionTable()}\n${close}`)
  writeFileSync(file, updated)
  const modelled = operationsText.replace(
    section('operations'),
    (_, open, __, close) => `${open}${operationTable()}\n${close}`,
  )
  writeFileSync(operationsFile, modelled)
  const listed = profiles.replace(section('quirks'), (_, open, __, close) => `${open}${quirkTable()}\n${close}`)
  writeFileSync(profilesFile, listed)
}

/** With UPDATE_README set, the tables are written instead. */
test.runIf(process.env['UPDATE_README'] === undefined)(
  'the tables of the README and of the guides are those of the data',
  () => {
    expect(section('options').exec(readme)?.[2]?.trim()).toBe(optionTable())
    expect(section('quirks').exec(profiles)?.[2]?.trim()).toBe(quirkTable())
    expect(section('operations').exec(operationsText)?.[2]?.trim()).toBe(operationTable())
  },
)

/** The parts of examples between `#region` and `#endregion`, those of one name together, without their indentation. */
const regions = (): Map<string, string> => {
  const found = new Map<string, string>()
  for (const name of readdirSync(new URL('examples/', import.meta.url))) {
    const text = readFileSync(new URL(`examples/${name}`, import.meta.url), 'utf8')
    for (const [, region, body] of text.matchAll(/\/\/ #region ([\w-]+)\n([^]*?)[ \t]*\/\/ #endregion/g)) {
      const indent = /^ */.exec(body!)![0]
      const part = body!
        .split('\n')
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join('\n')
      found.set(region!, (found.get(region!) ?? '') + part)
    }
  }
  return found
}

test('the README names every variable of the environment, and is no longer than it should be', () => {
  for (const { variable } of flags) if (variable !== undefined) expect(readme).toContain(`\`${variable}\``)
  expect(readme.split('\n').length).toBeLessThanOrEqual(250)
})

test('every TypeScript example of the README is one that runs', () => {
  const running = new Set([...regions().values()].map((text) => text.trim()))
  const shown = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!.trim())
  const config = shown.filter((code) => !code.includes('globalSetup'))
  expect(config.length).toBeGreaterThan(2)
  for (const code of config) expect(running).toContain(code)
})

const guides = readdirSync(new URL('../docs', import.meta.url))

test.each(guides)('%s is led to from the README, and from another guide', (guide) => {
  const others = guides.filter((one) => one !== guide)
  const leading = others.filter((one) =>
    readFileSync(new URL(`../docs/${one}`, import.meta.url), 'utf8').includes(`](${guide}`),
  )
  expect(leading).not.toEqual([])
  expect(readme).toMatch(new RegExp(`docs/${guide.replace('.', '\\.')}`))
})

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { presets } from '../../src/faults/presets.ts'
import { bookAt } from './book-support.ts'

const file = new URL('../../docs/faults.md', import.meta.url)
const examples = readFileSync(new URL('../examples/faults.test.ts', import.meta.url), 'utf8')

const presetTable = (): string =>
  [
    '| preset | | source |',
    '|---|---|---|',
    ...Object.entries(presets).map(([name, { summary, source }]) => `| \`${name}\` | ${summary} | ${source} |`),
  ].join('\n')

const SECTION = /(<!-- presets -->\n)([^]*?)(<!-- \/presets -->)/

if (process.env['UPDATE_GUIDE'] !== undefined) {
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(SECTION, (_, open, __, close) => `${open}${presetTable()}\n${close}`),
  )
}
const guide = readFileSync(file, 'utf8')

/** What stands between `#region` and `#endregion`, without its indentation. */
const regions = [...examples.matchAll(/\/\/ #region [\w-]+\n([^]*?)[ \t]*\/\/ #endregion/g)].map(([, body]) => {
  const indent = /^ */.exec(body!)![0]
  return body!.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trim()
})

test('every example of the guide to faults is one that runs, and every one that runs is shown', () => {
  const shown = [...guide.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!.trim())
  expect(shown.length).toBeGreaterThan(15)
  expect(shown.toSorted()).toEqual(regions.toSorted())
})

test('every rule that the guide shows as JSON can be armed', () => {
  const shown = [...guide.matchAll(/```jsonc\n([^]*?)```/g)].map(([, code]) => JSON.parse(code!) as unknown)
  expect(shown).toHaveLength(1)
  expect(bookAt().book.addAll(shown)).toHaveLength(1)
})

/** With UPDATE_GUIDE set, the table is written. */
test('the guide has the presets that there are', () => {
  expect(SECTION.exec(guide)?.[2]?.trim()).toBe(presetTable())
})

import { expect, test } from 'vitest'
import { deepLineOf } from '../../src/seed/yaml-depth.ts'

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')

test.each([
  ['indentation', lines(20, (n) => `${' '.repeat(n)}a:`), 11],
  ['lists in one line', `a:\n  ${'- '.repeat(20)}`, 2],
  ['keys that are values', lines(20, (n) => `${' '.repeat(n)}?`), 6],
  ['brackets', `a: ${'['.repeat(20)}`, 1],
  ['brackets over lines', lines(20, () => 'a: ['), 10],
  ['marks in brackets', `a: [\n${'[? '.repeat(20)}`, 2],
  ['brackets behind a quoted key', `"a": ${'{b: '.repeat(20)}`, 1],
])('%s may be too deep', (_kind, text, line) => {
  expect(deepLineOf(text, 10)).toBe(line)
})

test.each([
  ['many lines beside one another', lines(50, (n) => `- a${n}: [1, {b: 2}]\n  c: "["`)],
  ['texts with brackets in them', lines(50, () => '- a: ":-[ {["\n  b: so [ and {\n  c: [it\'s, "[", \'{\']')],
  ['comments', lines(50, () => '# as in a: [\na: 1 # b: [')],
  ['a long line of dashes', `a: 1\n---\nb: ${'-'.repeat(50)}`],
])('%s are not', (_kind, text) => {
  expect(deepLineOf(text, 10)).toBeUndefined()
})

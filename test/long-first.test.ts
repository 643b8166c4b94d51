import { expect, test } from 'vitest'
import { orderOf, shufflesFiles } from './long-first.ts'

const files = ['/a/test/cli/a.test.ts', '/a/test/model/b.test.ts', '/a/test/ui/c.test.ts', '/a/test/go/d.test.ts']

test.each([
  [true, ['--sequence.shuffle'], true],
  [false, ['--sequence.shuffle.files'], true],
  [undefined, ['--sequence.shuffle.files=true', '--sequence.seed=7'], true],
  [true, ['--sequence.shuffle.files', '--sequence.shuffle.tests'], true],
  [true, ['--sequence.shuffle.tests'], false],
  [true, ['--sequence.shuffle', '--sequence.shuffle.files=false'], false],
  [false, ['run'], false],
  [undefined, [], false],
])('shuffle %j with %j shuffles files: %j', (shuffle, args, expected) => {
  expect(shufflesFiles(shuffle, args)).toBe(expected)
})

test('without a seed long files come first', () => {
  expect(files.map((file) => orderOf(file, undefined))).toEqual(['0', '1', '0', '1'])
})

test('a seed is an order of its own, and always the same one', () => {
  const sorted = (seed: number): string =>
    files.toSorted((a, b) => (orderOf(a, seed) < orderOf(b, seed) ? -1 : 1)).join()
  expect(new Set(Array.from({ length: 50 }, (_, seed) => sorted(seed))).size).toBeGreaterThan(5)
  expect(sorted(7)).toBe(sorted(7))
})

import { expect, test } from 'vitest'
import { shown } from '../../src/model/flaw.ts'

/** A list that says when somebody looks past its begin. */
const endless = (length: number): unknown[] =>
  Object.defineProperty(
    Array.from({ length }, () => 1),
    length - 1,
    {
      get: () => {
        throw new Error('looked at the end')
      },
    },
  )

test('a huge value is shown by its begin, and not written whole', () => {
  expect(shown(endless(1000))).toBe(`[${'1,'.repeat(29)}…`)
  expect(shown('a'.repeat(1000))).toBe(`"${'a'.repeat(58)}…`)
  expect(shown(new Uint8Array(1000))).toBe('a Uint8Array')
})

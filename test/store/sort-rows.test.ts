import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sortRows } from '../../src/store/sort-rows.ts'

interface Row {
  readonly text: string
  readonly place: number
}

const compare = (a: Row, b: Row): number => (a.text === b.text ? a.place - b.place : a.text < b.text ? -1 : 1)

/** Texts that share a beginning of some length, of letters that a digest tells apart and of those that it does not. */
const texts = fc
  .tuple(
    fc.string({ maxLength: 8 }),
    fc.array(
      fc.string({ unit: fc.constantFrom('', 'a', 'b', '~', ' ', '\0', 'ä', '\u{1f600}', '\uffff'), maxLength: 9 }),
      { maxLength: 60 },
    ),
  )
  .map(([shared, ends]) => ends.map((end) => shared + end))

test('rows come in the order of a text of theirs, whatever its letters, and of what else orders them', () => {
  fc.assert(
    fc.property(texts, (all) => {
      const rows = all.map((text, n) => ({ text, place: -n }))
      expect(sortRows(rows, compare, ({ text }) => text)).toEqual(rows.toSorted(compare))
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Tree, type Edit } from '../../src/store/tree.ts'

interface Row {
  readonly key: number
  readonly value: number
}
const compare = (a: Pick<Row, 'key'>, b: Row): number => a.key - b.key
const empty = (): Tree<Row, Pick<Row, 'key'>> => new Tree<Row, Pick<Row, 'key'>>(compare)

/** A change, and whether it belongs to the edit of the one before. */
type Change = { readonly anew: boolean } & (
  | { readonly do: 'put'; readonly key: number }
  | { readonly do: 'delete'; readonly key: number }
  | { readonly do: 'delete a row'; readonly at: number }
  | { readonly do: 'put in order'; readonly from: number; readonly count: number; readonly step: 1 | -1 }
  | { readonly do: 'add all'; readonly keys: readonly number[] }
  | { readonly do: 'delete a range'; readonly from: number; readonly count: number }
)

/** Small enough that keys meet, and wide enough for three levels of 32. */
const key = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -3000, max: 3000 }))
const anew = fc.boolean()
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant('put'), key, anew }),
  fc.record({ do: fc.constant('delete'), key, anew }),
  fc.record({ do: fc.constant('delete a row'), at: fc.nat(), anew }),
  fc.record({
    do: fc.constant('put in order'),
    from: key,
    count: fc.integer({ min: 1, max: 1200 }),
    step: fc.constantFrom(1, -1),
    anew,
  }),
  fc.record({ do: fc.constant('add all'), keys: fc.uniqueArray(key, { maxLength: 300 }), anew }),
  fc.record({ do: fc.constant('delete a range'), from: fc.nat(), count: fc.integer({ min: 0, max: 1500 }), anew }),
)

/** A sorted array, which does what the tree does in a way that nobody doubts. */
class Model {
  readonly rows: readonly Row[]

  constructor(rows: readonly Row[]) {
    this.rows = rows
  }

  with(row: Row): Model {
    return new Model([...this.rows.filter(({ key: other }) => other !== row.key), row].toSorted(compare))
  }

  without(gone: number): Model {
    return new Model(this.rows.filter(({ key: other }) => other !== gone))
  }
}

interface Pair {
  readonly tree: Tree<Row, Pick<Row, 'key'>>
  readonly model: Model
}

let value = 0
const put = ({ tree, model }: Pair, at: number, edit: Edit): Pair => {
  const row = { key: at, value: value++ }
  return { tree: tree.with(row, edit), model: model.with(row) }
}
const remove = ({ tree, model }: Pair, at: number, edit: Edit): Pair => ({
  tree: tree.without({ key: at }, edit),
  model: model.without(at),
})

const changed = (pair: Pair, one: Change, edit: Edit): Pair => {
  const { rows } = pair.model
  switch (one.do) {
    case 'put':
      return put(pair, one.key, edit)
    case 'delete':
      return remove(pair, one.key, edit)
    case 'delete a row':
      return rows.length === 0 ? pair : remove(pair, rows[one.at % rows.length]!.key, edit)
    case 'put in order': {
      const made = Array.from({ length: one.count }, (_, n) => ({ key: one.from + n * one.step, value: value++ }))
      const keys = new Set(made.map((row) => row.key))
      return {
        tree: made.reduce((tree, row) => tree.with(row, edit), pair.tree),
        model: new Model([...rows.filter((row) => !keys.has(row.key)), ...made].toSorted(compare)),
      }
    }
    case 'add all': {
      const made = one.keys
        .filter((at) => !rows.some((row) => row.key === at))
        .map((at) => ({ key: at, value: value++ }))
      return { tree: pair.tree.withAll(made, edit), model: new Model([...rows, ...made].toSorted(compare)) }
    }
    case 'delete a range': {
      const from = rows.length === 0 ? 0 : one.from % rows.length
      const gone = rows.slice(from, from + one.count)
      return {
        tree: gone.reduce((tree, row) => tree.without(row, edit), pair.tree),
        model: new Model(rows.filter((row) => !gone.includes(row))),
      }
    }
  }
}

/** All that a tree holds, and how many it says that these are. */
const wholeOf = ({ tree }: Pair): unknown => ({ size: tree.size, rows: tree.slice(0, Infinity) })
const expected = ({ model: { rows } }: Pair): unknown => ({ size: rows.length, rows })

/** Looks at a tree through its keys: those that it has, those between them and those beyond both ends. */
const expectFound = ({ tree, model: { rows } }: Pair, keys: readonly number[]): void => {
  const ends = [rows[0], rows.at(-1)].flatMap((row) => (row === undefined ? [] : [row.key - 1, row.key, row.key + 1]))
  for (const at of [...keys, ...ends, -Infinity, Infinity, 0.5]) {
    expect([at, tree.get({ key: at })]).toEqual([at, rows.find((row) => row.key === at)])
    expect([at, tree.rank({ key: at })]).toEqual([at, rows.filter((row) => row.key < at).length])
  }
}

test('does what a sorted array does, and leaves every tree before it as it was', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), fc.array(key, { maxLength: 20 }), (changes, keys) => {
      let edit: Edit = {}
      let pair: Pair = { tree: empty(), model: new Model([]) }
      const kept: Pair[] = [pair]
      for (const one of changes) {
        if (one.anew) {
          kept.push(pair)
          edit = {}
        }
        pair = changed(pair, one, edit)
      }
      expectFound(pair, keys)
      for (const each of [...kept, pair]) expect(wholeOf(each)).toEqual(expected(each))
    }),
    { numRuns: 60 },
  )
})

test('gives any range of its rows, from both ends and past them', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat({ max: 2500 }), fc.nat({ max: 2500 })), { minLength: 1, maxLength: 30 }),
      (changes, ranges) => {
        const { tree, model } = changes.reduce((pair, one) => changed(pair, one, {}), {
          tree: empty(),
          model: new Model([]),
        })
        for (const [from, length] of ranges) {
          expect(tree.slice(from, from + length)).toEqual(model.rows.slice(from, from + length))
          const end = Math.max(0, tree.size - from)
          expect(tree.slice(Math.max(0, end - length), end)).toEqual(model.rows.slice(Math.max(0, end - length), end))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('forks into trees that do not disturb each other', () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 6 }),
      fc.array(fc.tuple(fc.nat({ max: 2 }), change), { maxLength: 20 }),
      (before, after) => {
        const trunk = before.reduce((pair, one) => changed(pair, one, {}), { tree: empty(), model: new Model([]) })
        const forks = [0, 1, 2].map(() => ({ pair: trunk, edit: {} as Edit }))
        // The forks change in turns, each within one edit of its own.
        for (const [n, one] of after) forks[n]!.pair = changed(forks[n]!.pair, one, forks[n]!.edit)
        for (const pair of [trunk, ...forks.map((fork) => fork.pair)]) expect(wholeOf(pair)).toEqual(expected(pair))
      },
    ),
    { numRuns: 60 },
  )
})

test('is the same tree where nothing changes', () => {
  const tree = empty().withAll([{ key: 1, value: 1 }], {})
  expect(tree.without({ key: 2 }, {})).toBe(tree)
  expect(tree.withAll([], {}).slice(0, 9)).toEqual([{ key: 1, value: 1 }])
})

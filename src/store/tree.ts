import { sortRows, type TextOf } from './sort-rows.ts'

/**
 * A persistent B+tree: a sorted set of rows that counts what lies below each branch.
 *
 * Copying a tree is copying one reference, a change copies one path of it (O(log n)), and the row at a rank,
 * the rank of a key and a range of rows cost O(log n) too. So a fork, a snapshot and a reset cost nothing, and
 * the deepest page of a list costs what the first one does. Within one `Edit` nodes are changed in place.
 */
const WIDTH = 32

/** Names one batch of changes: nodes made by it may be changed in place by it, and by nobody after. */
export type Edit = object

interface Leaf<R> {
  readonly edit: Edit
  readonly rows: R[]
  readonly kids: undefined
}

interface Branch<R> {
  readonly edit: Edit
  readonly kids: Node<R>[]
  /** The least row below each kid. */
  readonly rows: R[]
  readonly sizes: number[]
  size: number
}

type Node<R> = Leaf<R> | Branch<R>

/** Rows that no node has yet. */
interface Unsorted<R> {
  readonly edit: Edit
  readonly all: readonly R[]
}

const sizeOf = <R>(node: Node<R>): number => (node.kids === undefined ? node.rows.length : node.size)

const branchOf = <R>(edit: Edit, kids: Node<R>[]): Branch<R> => {
  const sizes = kids.map(sizeOf)
  return { edit, kids, rows: kids.map((kid) => kid.rows[0]!), sizes, size: sizes.reduce((a, b) => a + b, 0) }
}

const own = <R>(node: Node<R>, edit: Edit): Node<R> => {
  if (node.edit === edit) return node
  if (node.kids === undefined) return { edit, rows: node.rows.slice(), kids: undefined }
  return { edit, kids: node.kids.slice(), rows: node.rows.slice(), sizes: node.sizes.slice(), size: node.size }
}

/** Orders rows of type R; a key is as much of a row as the order reads. */
export type Compare<K, R extends K> = (a: K, b: R) => number

export class Tree<R extends K, K = R> {
  readonly #compare: Compare<K, R>
  readonly #textOf: TextOf<R> | undefined
  /** The root, or rows that are sorted into one when the tree is first read. */
  #held: Node<R> | Unsorted<R>

  /** @param textOf gives the text by which rows are ordered first, if it is one: many of them are sorted sooner by it. */
  constructor(compare: Compare<K, R>, textOf?: TextOf<R>, held?: Node<R> | Unsorted<R>) {
    this.#compare = compare
    this.#textOf = textOf
    this.#held = held ?? { edit: compare, rows: [], kids: undefined }
  }

  get #root(): Node<R> {
    if ('all' in this.#held) this.#held = this.#packed(this.#held)
    return this.#held
  }

  #over(root: Node<R> | undefined): Tree<R, K> {
    return new Tree(this.#compare, this.#textOf, root)
  }

  get size(): number {
    return 'all' in this.#held ? this.#held.all.length : sizeOf(this.#held)
  }

  /**
   * A tree with more rows, none of which compares equal to another: packed densely, in O(n log n) for all of them.
   * They are sorted when the tree is first read: of the orders that rows lie in, few tests read more than one or two.
   */
  withAll(rows: readonly R[], edit: Edit): Tree<R, K> {
    if (rows.length < this.size / 8) {
      // oxlint-disable-next-line typescript/no-this-alias
      let tree: Tree<R, K> = this
      for (const row of rows) tree = tree.with(row, edit)
      return tree
    }
    const all = this.size === 0 ? rows.slice() : [...this.slice(0, this.size), ...rows]
    return all.length === 0 ? this : new Tree(this.#compare, this.#textOf, { edit, all })
  }

  #packed({ edit, all }: Unsorted<R>): Node<R> {
    const sorted = sortRows(all, this.#compare, this.#textOf)
    let level: Node<R>[] = []
    for (let at = 0; at < sorted.length; at += WIDTH)
      level.push({ edit, rows: sorted.slice(at, at + WIDTH), kids: undefined })
    while (level.length > 1) {
      const above: Node<R>[] = []
      for (let at = 0; at < level.length; at += WIDTH) above.push(branchOf(edit, level.slice(at, at + WIDTH)))
      level = above
    }
    return level[0]!
  }

  /** The first index in `rows` whose row is not below `key`. */
  #lower(rows: readonly R[], key: K): number {
    let low = 0
    let high = rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(key, rows[middle]!) > 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The kid that holds `key`, if the tree does. */
  #kid(branch: Branch<R>, key: K): number {
    const at = this.#lower(branch.rows, key)
    if (at < branch.rows.length && this.#compare(key, branch.rows[at]!) === 0) return at
    return at === 0 ? 0 : at - 1
  }

  get(key: K): R | undefined {
    if (this.size === 0) return undefined
    let node = this.#root
    while (node.kids !== undefined) node = node.kids[this.#kid(node, key)]!
    const at = this.#lower(node.rows, key)
    const row = node.rows[at]
    return row !== undefined && this.#compare(key, row) === 0 ? row : undefined
  }

  /** The least row that is not below `key`. */
  atLeast(key: K): R | undefined {
    let node = this.#root
    let next: Node<R> | undefined
    while (node.kids !== undefined) {
      const at = this.#kid(node, key)
      next = node.kids[at + 1] ?? next
      node = node.kids[at]!
    }
    const at = this.#lower(node.rows, key)
    return node.rows[at] ?? next?.rows[0]
  }

  /** How many rows are below `key`. */
  rank(key: K): number {
    let node = this.#root
    let before = 0
    while (node.kids !== undefined) {
      const at = this.#kid(node, key)
      for (let i = 0; i < at; i++) before += node.sizes[i]!
      node = node.kids[at]!
    }
    return before + this.#lower(node.rows, key)
  }

  /** How many rows a test takes, of an order in which it takes all before the first that it does not. */
  count(takes: (row: R) => boolean): number {
    let node = this.#root
    let before = 0
    for (;;) {
      const { rows } = node
      let low = 0
      let high = rows.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (takes(rows[middle]!)) low = middle + 1
        else high = middle
      }
      if (node.kids === undefined) return before + low
      // Only the kid before that may hold some which it takes, and some which it does not.
      const at = Math.max(0, low - 1)
      for (let i = 0; i < at; i++) before += node.sizes[i]!
      node = node.kids[at]!
    }
  }

  /** The rows at ranks `from` up to, not including, `to`. */
  slice(from: number, to: number): R[] {
    const found: R[] = []
    const collect = (node: Node<R>, start: number): void => {
      if (node.kids === undefined) {
        const last = Math.min(node.rows.length, to - start)
        for (let i = Math.max(0, from - start); i < last; i++) found.push(node.rows[i]!)
        return
      }
      let at = start
      for (let i = 0; i < node.kids.length && at < to; i++) {
        const end = at + node.sizes[i]!
        if (end > from) collect(node.kids[i]!, at)
        at = end
      }
    }
    collect(this.#root, 0)
    return found
  }

  /** A tree in which `row` stands, in place of the one that compared equal to it. */
  with(row: R, edit: Edit): Tree<R, K> {
    const [left, right] = this.#insert(this.#root, row, edit)
    const root = right === undefined ? left : branchOf(edit, [left, right])
    return root === this.#root ? this : this.#over(root)
  }

  #insert(node: Node<R>, row: R, edit: Edit): [Node<R>, Node<R>?] {
    const mine = own(node, edit)
    if (mine.kids === undefined) {
      const at = this.#lower(mine.rows, row)
      const there = mine.rows[at]
      mine.rows.splice(at, there !== undefined && this.#compare(row, there) === 0 ? 1 : 0, row)
      if (mine.rows.length <= WIDTH) return [mine]
      // A row appended to the end leaves its left neighbour full: rows that come in order pack densely.
      const cut = at === mine.rows.length - 1 ? WIDTH : WIDTH >> 1
      return [mine, { edit, rows: mine.rows.splice(cut), kids: undefined }]
    }
    const at = this.#kid(mine, row)
    const before = mine.sizes[at]!
    const [left, right] = this.#insert(mine.kids[at]!, row, edit)
    mine.kids[at] = left
    mine.rows[at] = left.rows[0]!
    mine.sizes[at] = sizeOf(left)
    mine.size += mine.sizes[at] - before
    if (right === undefined) return [mine]
    mine.kids.splice(at + 1, 0, right)
    mine.rows.splice(at + 1, 0, right.rows[0]!)
    mine.sizes.splice(at + 1, 0, sizeOf(right))
    mine.size += sizeOf(right)
    if (mine.kids.length <= WIDTH) return [mine]
    const cut = at + 1 === mine.kids.length - 1 ? WIDTH : WIDTH >> 1
    return [branchOf(edit, mine.kids.slice(0, cut)), branchOf(edit, mine.kids.slice(cut))]
  }

  /** A tree without the row that compares equal to `key`. */
  without(key: K, edit: Edit): Tree<R, K> {
    if (this.get(key) === undefined) return this
    let root: Node<R> | undefined = this.#remove(this.#root, key, edit)
    while (root?.kids?.length === 1) root = root.kids[0]
    return this.#over(root)
  }

  /** The node without the key, or undefined when nothing is left of it. */
  #remove(node: Node<R>, key: K, edit: Edit): Node<R> | undefined {
    const mine = own(node, edit)
    if (mine.kids === undefined) {
      mine.rows.splice(this.#lower(mine.rows, key), 1)
      return mine.rows.length === 0 ? undefined : mine
    }
    const at = this.#kid(mine, key)
    const kid = this.#remove(mine.kids[at]!, key, edit)
    mine.size -= 1
    if (kid === undefined) {
      mine.kids.splice(at, 1)
      mine.rows.splice(at, 1)
      mine.sizes.splice(at, 1)
      return mine.kids.length === 0 ? undefined : mine
    }
    mine.kids[at] = kid
    mine.rows[at] = kid.rows[0]!
    mine.sizes[at] = sizeOf(kid)
    return mine
  }
}

import type { Pointer } from './flaw.ts'

/** A part of a value that JSON cannot hold: where it is, and what. */
export interface Unfit {
  readonly pointer: Pointer
  readonly found: string
  /** It is too deep, of which no place is told: that would be as long. */
  readonly isDeep?: true
}

export const tooDeep = (most: number): Unfit => ({
  pointer: [],
  found: `what is nested deeper than ${most} levels`,
  isDeep: true,
})

/** What `typeof` calls so is no JSON. */
const KINDS: Readonly<Record<string, string>> = {
  bigint: 'a BigInt',
  symbol: 'a symbol',
  function: 'a function',
  undefined: 'nothing',
}

const isPlain = (value: object): boolean => {
  const proto: unknown = Object.getPrototypeOf(value)
  return proto === Object.prototype || proto === null || /\[object (?:Object|Array)\]/.test(tagOf(value))
}

const tagOf = (value: object): string => Object.prototype.toString.call(value)

const INVALID_DATE = 'an invalid Date'

/** What a value that goes round in a circle is found to be. */
export const ROUND = 'what it is a part of itself'

/** Stands for a part of a value that did not come along, since JSON cannot hold it. */
export class Unfitting {
  readonly #found: string
  readonly #isDeep: boolean

  /** @param found what it is. @param isDeep whether it is what was too deep. */
  constructor(found: string, isDeep = false) {
    this.#found = found
    this.#isDeep = isDeep
  }

  unfit(most: number): Unfit {
    return this.#isDeep ? tooDeep(most) : { pointer: [], found: this.#found }
  }

  /** As JSON would make of what it stands for. */
  toJSON(): unknown {
    if (this.#isDeep || this.#found === ROUND) throw new TypeError(this.#found)
    return this.#found === INVALID_DATE ? null : {}
  }
}

/** What an object is that JSON would make something else of; undefined for a plain one, and one that says itself. */
export const misfitOf = (given: object): string | undefined => {
  if (Array.isArray(given) || typeof (given as { readonly toJSON?: unknown }).toJSON === 'function')
    return tagOf(given) === '[object Date]' && ownJson(given) === null ? INVALID_DATE : undefined
  return isPlain(given) ? undefined : `a ${tagOf(given).slice('[object '.length, -1)}`
}

/** What an object says that JSON makes of it, as a Date does. */
const ownJson = (value: object): unknown => {
  const { toJSON } = value as { readonly toJSON?: unknown }
  return typeof toJSON === 'function' ? (toJSON as () => unknown).call(value) : value
}

const below = (key: string | number, unfit: Unfit | undefined): Unfit | undefined =>
  unfit === undefined || unfit.isDeep === true ? unfit : { ...unfit, pointer: [key, ...unfit.pointer] }

const search = (
  given: unknown,
  levels: number,
  most: number,
  seen: Map<object, 'open' | 'done'>,
): Unfit | undefined => {
  if (typeof given === 'string' || typeof given === 'boolean' || given === null) return undefined
  if (typeof given === 'number') return Number.isFinite(given) ? undefined : { pointer: [], found: String(given) }
  if (typeof given !== 'object') return { pointer: [], found: KINDS[typeof given]! }
  if (given instanceof Unfitting) return given.unfit(most)
  const value = ownJson(given)
  if (value !== given) {
    if (value === null && tagOf(given) === '[object Date]') return { pointer: [], found: INVALID_DATE }
    return search(value, levels, most, seen)
  }
  const before = seen.get(given)
  if (before === 'open') return { pointer: [], found: ROUND }
  if (before === 'done') return undefined
  if (levels === most) return tooDeep(most)
  const isArray = Array.isArray(given)
  if (!isArray && !isPlain(given)) return { pointer: [], found: `a ${tagOf(given).slice('[object '.length, -1)}` }
  seen.set(given, 'open')
  if (isArray) {
    for (let n = 0; n < given.length; n++) {
      const unfit = search(given[n], levels + 1, most, seen)
      if (unfit !== undefined) return below(n, unfit)
    }
  } else {
    for (const key of Object.keys(given)) {
      const inner = (given as Readonly<Record<string, unknown>>)[key]
      const unfit = inner === undefined ? undefined : search(inner, levels + 1, most, seen)
      if (unfit !== undefined) return below(key, unfit)
    }
  }
  seen.set(given, 'done')
  return undefined
}

/**
 * The first part of a value that JSON would leave out, change into `null`, or has no end for; members that are
 * undefined count as left out. Every object is looked at once, however often it is a part.
 * @param most how many levels it may have: few enough that functions may call themselves.
 */
export const unfitFor = (value: unknown, most: number): Unfit | undefined => search(value, 0, most, new Map())

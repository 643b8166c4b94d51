/** The way to a part of a value: names of members, and numbers of items. */
export type Pointer = readonly (string | number)[]

/** The way to a member: an array of just that size, which a spread would not make, and there are many ways. */
export const below = (pointer: Pointer, key: string | number): Pointer => {
  const { length } = pointer
  // oxlint-disable-next-line unicorn/no-new-array
  const way = new Array<string | number>(length + 1)
  for (let at = 0; at < length; at++) way[at] = pointer[at]!
  way[length] = key
  return way
}

/** The same, or the way itself where there is no member to go to. */
export const placeOf = (pointer: Pointer, key: string | number | undefined): Pointer =>
  key === undefined ? pointer : below(pointer, key)

/** One thing that is wrong with a value from outside, and where in it. */
export interface Flaw {
  readonly pointer: Pointer
  /** What would be right. */
  readonly expected: string
  /** What stands there. */
  readonly found: string
  /** What is wrong, where it takes other words than these two. */
  readonly reason?: string
  /** Whether the reason says where it is, too. */
  readonly whole?: true
}

/** A JSON pointer (RFC 6901). */
export const pointerText = (pointer: Pointer): string =>
  pointer.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The parts of a JSON pointer. */
export const partsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A text that is not longer than a message bears. */
export const cut = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** As many problems as anybody reads. */
export const MOST_PROBLEMS = 100

/** The first of many texts, and how many more there are. @param count of them all, where not all are given. */
const firstOf = (texts: readonly string[], count = texts.length): readonly string[] => {
  const first = texts.slice(0, MOST_PROBLEMS)
  return count > first.length ? [...first, `… and ${count - first.length} more`] : first
}

/** The same, a line each. */
export const linesOf = (lines: readonly string[], count?: number): string => firstOf(lines, count).join('\n')

/** What is wrong: as many of it as anybody reads, and how many there are. */
export class Found<T> {
  readonly first: T[] = []
  count = 0

  /** @param make is not called for what is not kept. */
  add(make: () => T): void {
    if (this.count++ < MOST_PROBLEMS) this.first.push(make())
  }

  /** Adds what others found. @param make makes something of each that is kept. */
  addAll<U>({ first, count }: { readonly first: readonly U[]; readonly count: number }, make: (one: U) => T): void {
    for (const one of first) this.add(() => make(one))
    this.count += count - first.length
  }
}

/** As much of a value as can be shown of it, so that a huge one is not written whole first. */
const begin = (value: unknown, most: number): unknown =>
  (typeof value === 'string' || Array.isArray(value)) && value.length > most ? value.slice(0, most) : value

/** A value as a message shows it, of any kind and depth. */
export const shown = (value: unknown, most = 60): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'bigint') return `${value}n`
  try {
    if (ArrayBuffer.isView(value)) return `a ${Object.prototype.toString.call(value).slice('[object '.length, -1)}`
    return cut(JSON.stringify(begin(value, most)) ?? typeof value, most)
  } catch {
    // Nested too deeply, or in itself.
    return typeof value
  }
}

/** What is wrong, as a sentence that its place begins. */
export const reasonOf = ({ expected, found, reason }: Flaw): string => reason ?? `must be ${expected}, not ${found}`

/** A text as a sentence: with the stop at its end that it lacks. */
export const ended = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`)

/** What is wrong in whole sentences, each behind its place: `profile.base knows no "x".` */
export const sentenceOf = (flaw: Flaw): string =>
  ended(flaw.whole === true ? reasonOf(flaw) : `${flaw.pointer.join('.') || 'This'} ${reasonOf(flaw)}`)

/** All that is wrong, a sentence each. */
export const sentencesOf = (
  { flaws, total }: { readonly flaws: readonly Flaw[]; readonly total: number },
  say: (flaw: Flaw) => string = sentenceOf,
): string => firstOf(flaws.map(say), total).join(' ')

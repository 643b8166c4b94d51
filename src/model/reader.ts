import { Found, pointerText, shown, type Flaw, type Pointer } from './flaw.ts'
import { listed, nearest, suggestion } from './nearest.ts'

/** What a flaw says beside its place. */
export type Words = Omit<Flaw, 'pointer'>

/** The words of one kind of input for names that it does not know. */
export interface Voice {
  /** An object has a member that there is not. */
  readonly member: (name: string, known: readonly string[]) => Words
  /** Something else stands where one of some words should. @param near the one that is nearest to it. */
  readonly word: (value: unknown, known: readonly string[], near?: string) => Words
}

/** A sentence that the place begins. */
const said = (reason: string): Words => ({ expected: '', found: '', reason })

/** A sentence of its own. */
export const told = (sentence: string): Words => ({ ...said(sentence), whole: true })

/** `is an unknown key; did you mean …?` @param unknown begins the sentence for an unknown word. */
export const plainVoice = (unknown = (word: string) => `knows no ${word}`, mark = ''): Voice => ({
  member: (name, known) => said(`is an unknown key; ${suggestion(name, known, mark)}`),
  word: (value, known, near) =>
    typeof value === 'string'
      ? said(`${unknown(shown(value))}; ${suggestion(value, known, mark, undefined, near)}`)
      : { expected: `one of ${listed(known, mark)}`, found: shown(value) },
})

const meant = (wrong: unknown, known: readonly string[]): string | undefined => {
  const near = typeof wrong === 'string' ? nearest(wrong, known) : undefined
  return near === undefined ? undefined : `(did you mean "${near}"?)`
}

/** A name that is none of those known, in fixtures. @param what those are. */
export const stray = (name: string, known: readonly string[], what: string, found = shown(name)): Words => {
  const near = meant(name, known)
  return { expected: near === undefined ? `one of ${listed(known)}` : `${what} ${near}`, found }
}

/** Fixtures say what was expected and what was found. */
export const FIXTURE_VOICE: Voice = {
  member: (name, known) => stray(name, known, 'a known property', `unknown property ${shown(name)}`),
  word: (value, known) => {
    const near = meant(value, known)
    return { expected: `${listed(known, '"')}${near === undefined ? '' : ` ${near}`}`, found: shown(value) }
  },
}

/**
 * Reads values that come from outside, whose types nobody vouches for, and collects what is wrong with them: all of it
 * is counted, and as much kept as is told. What it gives back for a wrong one is never used.
 */
export class Reader {
  readonly #found = new Found<Flaw>()
  readonly voice: Voice

  constructor(voice: Voice) {
    this.voice = voice
  }

  /** The first of what is wrong. */
  get flaws(): readonly Flaw[] {
    return this.#found.first
  }

  /** How much is wrong. */
  get total(): number {
    return this.#found.count
  }

  flaw(pointer: Pointer, expected: string, value: unknown): undefined {
    return this.tell(pointer, () => ({ expected, found: shown(value) }))
  }

  /** A flaw that other words tell. @param reason a sentence that the place begins, or what makes it. */
  say(pointer: Pointer, reason: string | (() => string)): undefined {
    return this.tell(pointer, () => said(typeof reason === 'string' ? reason : reason()))
  }

  /** @param words are not asked for where they would not be kept. */
  tell(pointer: Pointer, words: () => Words): undefined {
    return this.#found.add(() => ({ pointer, ...words() })) as undefined
  }

  /** One of some words. */
  oneOf<T extends string>(value: unknown, pointer: Pointer, words: readonly T[]): T | undefined {
    return words.find((word) => word === value) ?? this.tell(pointer, () => this.voice.word(value, words))
  }
}

/** A reader that notes of each place the first flaw alone, for what is read more than once. */
export class PlaceReader extends Reader {
  readonly #places = new Set<string>()

  override tell(pointer: Pointer, words: () => Words): undefined {
    if (this.isTold(pointer)) return undefined
    this.#places.add(pointerText(pointer))
    return super.tell(pointer, words)
  }

  isTold(pointer: Pointer): boolean {
    return this.#places.size > 0 && this.#places.has(pointerText(pointer))
  }
}

/** What a scanner comes upon: where a container begins and ends, a name in an object, a value that holds no other. */
export type JsonEvent = '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'bool' | 'null'

/** What may stand where a scanner is. */
export type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end'

/** A text is not JSON; `message` says in the words of Go's scanner where what stands there does not belong. */
export class NotJson extends Error {
  override readonly name = 'NotJson'
}

const [SPACE, TAB, LINE, RETURN] = [32, 9, 10, 13]
const [QUOTE, COMMA, PLUS, MINUS, POINT, ZERO, NINE, COLON] = [34, 44, 43, 45, 46, 48, 57, 58]
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [91, 92, 93, 123, 125]
const [F, N, T, E, UPPER_E, U] = [102, 110, 116, 101, 69, 117]

/** Reads JSON from one part to the next, by the rules of Go's scanner (encoding/json/scanner.go). */
export class JsonScanner {
  readonly source: string
  /** Where what was come upon last begins and ends; where the text is no JSON, the begin of what does not belong. */
  start = 0
  end = 0
  /** How far the text is read. */
  at = 0
  expected: Expected = 'value'
  readonly #most: number
  /** For each container around this place whether it is an array. */
  readonly #open: boolean[] = []

  /** @param most how many containers may stand in one another. */
  constructor(source: string, most: number = Infinity) {
    this.source = source
    this.#most = most
  }

  get depth(): number {
    return this.#open.length
  }

  get done(): boolean {
    return this.at >= this.source.length
  }

  /** What was come upon last, as it is spelled. */
  get text(): string {
    return this.source.slice(this.start, this.end)
  }

  /** Goes on to the next part; undefined when the value, and the text, are over. @throws NotJson */
  next(): JsonEvent | undefined {
    this.space()
    if (this.expected === 'end') return this.done ? undefined : this.#refuse('after top-level value')
    if (this.expected === ', or ]' || this.expected === ', or }') {
      const isArray = this.expected === ', or ]'
      if (this.#code() === (isArray ? CLOSE_LIST : CLOSE)) return this.#close(isArray)
      if (this.#code() !== COMMA) this.#refuse(isArray ? 'after array element' : 'after object key:value pair')
      this.at++
      this.expected = isArray ? 'value' : 'name'
      this.space()
    }
    return this.expected === 'name' || this.expected === 'name or }' ? this.#name() : this.#value()
  }

  /** Skips whitespace. */
  space(): void {
    for (;;) {
      const code = this.#code()
      if (code !== SPACE && code !== LINE && code !== RETURN && code !== TAB) break
      this.at++
    }
    this.start = this.at
  }

  #code(): number {
    return this.source.charCodeAt(this.at)
  }

  #refuse(where: string): never {
    throw new NotJson(where)
  }

  #close(isArray: boolean): JsonEvent {
    this.#open.pop()
    this.at++
    return this.#over(isArray ? ']' : '}')
  }

  /** A value, which may be a container, is over. */
  #over(event: JsonEvent): JsonEvent {
    this.end = this.at
    this.expected = this.#after()
    return event
  }

  #after(): Expected {
    const { length } = this.#open
    return length === 0 ? 'end' : this.#open[length - 1] === true ? ', or ]' : ', or }'
  }

  #name(): JsonEvent {
    if (this.#code() === CLOSE && this.expected === 'name or }') return this.#close(false)
    if (this.#code() !== QUOTE) this.#refuse('looking for beginning of object key string')
    this.#string()
    const { start, at } = this
    this.expected = ':'
    this.space()
    if (this.#code() !== COLON) this.#refuse('after object key')
    this.at++
    this.expected = 'value'
    this.start = start
    this.end = at
    return 'name'
  }

  #value(): JsonEvent {
    switch (this.#code()) {
      case OPEN:
        return this.#enter(false)
      case OPEN_LIST:
        return this.#enter(true)
      case CLOSE_LIST:
        if (this.expected === 'value or ]') return this.#close(true)
        break
      case QUOTE:
        this.#string()
        return this.#over('string')
      case T:
        return this.#literal('true', 'bool')
      case F:
        return this.#literal('false', 'bool')
      case N:
        return this.#literal('null', 'null')
    }
    return this.#number()
  }

  #enter(isArray: boolean): JsonEvent {
    this.#open.push(isArray)
    if (this.#open.length > this.#most) this.#refuse('exceeded max depth')
    this.end = ++this.at
    this.expected = isArray ? 'value or ]' : 'name or }'
    return isArray ? '[' : '{'
  }

  #string(): void {
    for (this.at++; ; this.at++) {
      const code = this.#code()
      if (code === QUOTE) break
      if (code === BACKSLASH) this.#escape()
      else if (!(code >= SPACE)) this.#refuse('in string literal')
    }
    this.at++
  }

  #escape(): void {
    this.at++
    if (this.done || !'"\\/bfnrtu'.includes(this.source[this.at]!)) this.#refuse('in string escape code')
    if (this.#code() !== U) return
    for (let n = 0; n < 4; n++) {
      this.at++
      if (this.done || !/[0-9a-fA-F]/.test(this.source[this.at]!)) this.#refuse('in \\u hexadecimal character escape')
    }
  }

  #literal(word: string, event: 'bool' | 'null'): JsonEvent {
    for (let n = 0; n < word.length; n++, this.at++)
      if (this.source[this.at] !== word[n]) this.#refuse(`in literal ${word} (expecting '${word[n]}')`)
    return this.#over(event)
  }

  #isDigit(): boolean {
    const code = this.#code()
    return code >= ZERO && code <= NINE
  }

  #digits(where: string): void {
    if (!this.#isDigit()) this.#refuse(where)
    while (this.#isDigit()) this.at++
  }

  #number(): JsonEvent {
    const { start } = this
    if (this.#code() === MINUS) {
      this.at++
      if (!this.#isDigit()) this.#refuse('in numeric literal')
    }
    if (this.#code() === ZERO) this.at++
    else this.#digits('looking for beginning of value')
    if (this.#code() === POINT) {
      this.#goOn()
      this.#digits('after decimal point in numeric literal')
    }
    if (this.#code() === E || this.#code() === UPPER_E) {
      this.#goOn()
      if (this.#code() === PLUS || this.#code() === MINUS) this.at++
      this.#digits('in exponent of numeric literal')
    }
    this.start = start
    return this.#over('number')
  }

  /** What there is of a number is one; if what follows is no part of it, that is what does not belong. */
  #goOn(): void {
    this.start = this.at++
    this.expected = this.#after()
  }
}

/** Whether a text has more brackets in it that open something than so many. */
const opensMore = (json: string, most: number): boolean => {
  let left = most
  for (const bracket of '[{')
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) if (--left < 0) return true
  return false
}

/** Whether a text is JSON that is nested deeper than so many levels. */
export const isDeeper = (json: string, levels: number): boolean => {
  if (json.length <= 2 * levels || !opensMore(json, levels)) return false
  const scanner = new JsonScanner(json)
  try {
    while (scanner.next() !== undefined) if (scanner.depth > levels) return true
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
  }
  return false
}

/** JSON text without whitespace between its tokens, everything else spelled as it was (encoding/json Compact). */
export const compact = (json: string): string => {
  if (!/[ \t\r\n]/.test(json)) return json
  const scanner = new JsonScanner(json)
  let out = ''
  for (let end = 0; scanner.next() !== undefined; end = scanner.end)
    out += json.slice(end, scanner.start).replaceAll(/[ \t\r\n]/g, '') + scanner.text
  return out
}

const SPACE = /[ \t\n\r]*/y
const TOKEN =
  // oxlint-disable-next-line no-control-regex -- JSON forbids them in strings
  /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

const PUNCTUATION = new Set(['{', '}', '[', ']', ',', ':'])

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }' | 'end'

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or }',
  ':': 'a colon',
  ', or ]': 'a comma or ]',
  ', or }': 'a comma or }',
  end: 'the end',
}

/** What may follow when a value is complete. */
const after = (open: readonly string[]): Expected => {
  const last = open.at(-1)
  return last === undefined ? 'end' : last === '{' ? ', or }' : ', or ]'
}

/** What follows a token, or undefined where the token cannot stand. */
const step = (token: string, expected: Expected, open: string[]): Expected | undefined => {
  if (expected === ':') return token === ':' ? 'value' : undefined
  if (expected === ', or ]' || expected === ', or }') {
    if (token === ',') return expected === ', or ]' ? 'value' : 'name'
    if (token !== expected.at(-1)) return undefined
    open.pop()
    return after(open)
  }
  if (expected === 'name' || expected === 'name or }') {
    if (token.startsWith('"')) return ':'
    if (token !== '}' || expected === 'name') return undefined
    open.pop()
    return after(open)
  }
  if (expected === 'end') return undefined
  if (token === ']' && expected === 'value or ]') {
    open.pop()
    return after(open)
  }
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'name or }' : 'value or ]'
  }
  return PUNCTUATION.has(token) ? undefined : after(open)
}

/** Where a text stops being JSON, and what should stand there: `line 1, column 6: expected a value, found }`. */
export const jsonError = (text: string): string => {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    at += SPACE.exec(text)![0].length
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    const next: Expected | undefined = token === undefined ? undefined : step(token, expected, open)
    if (next === undefined) break
    expected = next
    at += token!.length
  }
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const found = at >= text.length ? 'the end' : JSON.stringify(text.slice(at, at + 12)).slice(1, -1)
  return `line ${line}, column ${column}: expected ${WORDS[expected]}, found ${found}`
}

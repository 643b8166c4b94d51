/** A text as a shell takes it, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

const SEPARATORS: Readonly<Record<string, string>> = { '\u2028': '\\u2028', '\u2029': '\\u2029' }

const textLiteral = (text: string): string => {
  const json = JSON.stringify(text).replaceAll(/[\u2028\u2029]/g, (letter) => SEPARATORS[letter]!)
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`
}

/** A JSON value as an expression of JavaScript. */
export const literal = (value: unknown): string => {
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  const members = Object.entries(value).map(([key, member]) => {
    // An object literal would take it for its prototype.
    if (key === '__proto__') return `['__proto__']: ${literal(member)}`
    return `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : textLiteral(key)}: ${literal(member)}`
  })
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const HTML = /[<>&\u2028\u2029]/g

/** Go's HTML-safe JSON: `<`, `>`, `&`, U+2028 and U+2029 leave as escapes. They occur in strings alone. */
export const escapeHtml = (json: string): string =>
  json.search(HTML) < 0 ? json : json.replace(HTML, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** JSON as Go's encoder writes it: compact, HTML-safe, and with an escape for what was no UTF-8. */
export const goJson = (value: unknown): string => escapeHtml(JSON.stringify(value)).replaceAll('\ufffd', '\\ufffd')

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [34, 92, 91, 93, 123, 125]

/** Whether a JSON text is nested deeper than so many levels. */
export const isDeeper = (json: string, levels: number): boolean => {
  if (json.length <= 2 * levels) return false
  let depth = 0
  let quoted = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (quoted) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) quoted = false
    } else if (code === QUOTE) quoted = true
    else if (code === OPEN || code === OPEN_LIST) {
      if (++depth > levels) return true
    } else if (code === CLOSE || code === CLOSE_LIST) depth--
  }
  return false
}

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether an object says something of a member: one that is undefined is as if it was absent. */
export const has = (value: Readonly<Record<string, unknown>>, key: string): boolean => value[key] !== undefined

/** The members of an object of which it says something. */
export const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, one]) => one !== undefined)

/** The same without `$schema`, by which editors know what a file holds. */
export const withoutSchemaName = (value: unknown): unknown => {
  if (!isObject(value) || typeof value['$schema'] !== 'string') return value
  const { $schema: _name, ...rest } = value
  return rest
}

const HTML = /[<>&\u2028\u2029]/
const EVERY_HTML = new RegExp(HTML, 'g')

/** Go's HTML-safe JSON: `<`, `>`, `&`, U+2028 and U+2029 leave as escapes. They occur in strings alone. */
export const escapeHtml = (json: string): string =>
  HTML.test(json) ? json.replace(EVERY_HTML, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`) : json

/** Go's encoder: a string as JSON, HTML-safe. */
export const goString = (text: string): string => escapeHtml(JSON.stringify(text))

/** JSON as Go's encoder writes it: compact, HTML-safe, and with an escape for what was no UTF-8. */
export const goJson = (value: unknown): string => escapeHtml(JSON.stringify(value)).replaceAll('\ufffd', '\\ufffd')

/** What a table has by a name that comes from outside, and not what any object has by it, such as `constructor`. */
export const ownMember = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

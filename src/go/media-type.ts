const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+/

const SPACE = /^[\s\u0085\u00a0]+/

const spaceless = (text: string): string => text.replace(SPACE, '')

/** What follows a parameter's value, quoted or not; undefined where there is none. */
const afterValue = (text: string): readonly [value: string, rest: string] | undefined => {
  const quoted = /^"((?:[^"\\\r\n]|\\[^\r\n])*)"/.exec(text)
  if (quoted !== null) return [quoted[1]!.replaceAll(/\\([()<>@,;:\\"/[\]?=])/g, '$1'), text.slice(quoted[0].length)]
  const token = TOKEN.exec(text)?.[0]
  return token === undefined ? undefined : [token, text.slice(token.length)]
}

/** One parameter, and what follows it. */
const parameter = (text: string): readonly [name: string, value: string, rest: string] | undefined => {
  if (!text.startsWith(';')) return undefined
  const named = spaceless(text.slice(1))
  const name = TOKEN.exec(named)?.[0]
  if (name === undefined) return undefined
  const equals = spaceless(named.slice(name.length))
  if (!equals.startsWith('=')) return undefined
  const read = afterValue(spaceless(equals.slice(1)))
  return read && [name.toLowerCase(), ...read]
}

/** The media type of a Content-Type in lower case, as Go's mime reads it; undefined where it gives an error. */
export const parseMediaType = (header: string): string | undefined => {
  const [base = ''] = header.split(';', 1)
  const type = base.trim().toLowerCase()
  const [main, sub, ...more] = type.split('/')
  const isTyped = [main, sub].every((part) => part === undefined || TOKEN.exec(part)?.[0] === part)
  if (!isTyped || more.length > 0) return undefined
  const values = new Map<string, string>()
  for (let rest = spaceless(header.slice(base.length)); rest !== '';) {
    const read = parameter(rest)
    if (read === undefined) return rest.trim() === ';' ? type : undefined
    const [name, value, after] = read
    if ((values.get(name) ?? value) !== value) return undefined
    values.set(name, value)
    rest = spaceless(after)
  }
  return type
}

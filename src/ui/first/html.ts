import { Drawn } from './jsx-runtime.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter]!)

/** Elements that have no end. */
const VOID = ['img', 'input']

/** What is only for a script. */
const isSilent = (name: string, value: unknown): boolean =>
  name === 'children' || name === 'ref' || typeof value === 'function' || value === undefined || value === null

const attribute = ([name, value]: readonly [string, unknown]): string => {
  if (isSilent(name, value)) return ''
  // A state is told, be it false; what else is false is not there.
  if (typeof value === 'boolean' && !name.startsWith('aria-')) return value ? ` ${name.toLowerCase()}=""` : ''
  return ` ${name.toLowerCase()}="${escaped(String(value))}"`
}

/** What is drawn, as HTML: a text stays one, whatever it has in it. */
export const htmlOf = (drawn: unknown): string => {
  if (Array.isArray(drawn)) return drawn.map(htmlOf).join('')
  if (typeof drawn === 'string' || typeof drawn === 'number') return escaped(String(drawn))
  if (!(drawn instanceof Drawn)) return ''
  const { type, props } = drawn
  if (typeof type === 'function') return htmlOf(type(props))
  const start = `<${type}${Object.entries(props).map(attribute).join('')}>`
  return VOID.includes(type) ? start : `${start}${htmlOf(props['children'])}</${type}>`
}

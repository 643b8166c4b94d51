/** Texts that YAML takes for texts as they stand. */
const PLAIN = /^(?:[A-Za-z_][A-Za-z0-9_@.+/-]*(?: [A-Za-z0-9_@.+/-]+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
/** Those among them that YAML takes for something else. */
const WORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i

const scalar = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value)
  return PLAIN.test(value) && !WORD.test(value) ? value : JSON.stringify(value)
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null || isEmpty(value)

/** Lists and objects of short scalars go on one line. */
const isShort = (value: object): boolean => Object.values(value).every(isScalar) && JSON.stringify(value).length <= 72

const flow = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(scalar).join(', ')}]`
  if (typeof value !== 'object' || value === null) return scalar(value)
  const members = Object.entries(value).map(([key, member]) => `${scalar(key)}: ${flow(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** The lines of a value, the first of which may stand behind what names it. */
const lines = (value: unknown): readonly string[] => {
  if (isScalar(value) || isShort(value as object)) return [flow(value)]
  if (Array.isArray(value)) {
    return value.flatMap((item) => lines(item).map((line, n) => (n === 0 ? `- ${line}` : `  ${line}`)))
  }
  return Object.entries(value as object).flatMap(([key, member]) => {
    const inner = lines(member)
    const isInline = inner.length === 1 && (isScalar(member) || isShort(member as object))
    return isInline ? [`${scalar(key)}: ${inner[0]}`] : [`${scalar(key)}:`, ...inner.map((line) => `  ${line}`)]
  })
}

/** A JSON value as YAML. */
export const yamlOf = (value: unknown): string => `${lines(value).join('\n')}\n`

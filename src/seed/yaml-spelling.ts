import type * as yaml from 'yaml'
import type { Document } from 'yaml'
import type { TextOf } from '../go/json-places.ts'

type Yaml = typeof yaml

/** A number of YAML as JSON spells it: with all its digits; undefined for what JSON has no number for. */
const jsonNumber = (written: string): string | undefined => {
  if (/^0[xo][\da-f]+$/i.test(written)) return BigInt(written).toString()
  const found = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/.exec(written)
  if (found === null) return undefined
  const [, sign, whole = '', fraction = '', power = ''] = found
  if (whole === '' && fraction === '') return undefined
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  return `${sign === '-' ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}${power}`
}

/** A number that JavaScript would spell, or round, in another way. */
class Spelled {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The JSON text of a value; undefined for what JSON cannot hold, which others tell. */
const written = (value: unknown): string | undefined => {
  if (value instanceof Spelled) return value.text
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isArray = Array.isArray(value)
  if (!isArray && Object.getPrototypeOf(value) !== Object.prototype) return undefined
  const parts: string[] = []
  for (const [key, one] of Object.entries(value)) {
    const text = written(one)
    if (text === undefined) return undefined
    parts.push(isArray ? text : `${JSON.stringify(key)}:${text}`)
  }
  return isArray ? `[${parts.join()}]` : `{${parts.join()}}`
}

/**
 * How the numbers in the parts of a YAML document are spelled; undefined for a part where that is as JavaScript would.
 * @param make makes a value of the document.
 */
export const yamlSpelling = ({ visit }: Yaml, document: Document.Parsed, make: () => unknown): TextOf => {
  let known: { readonly spelled: unknown } | undefined
  const spell = (): unknown => {
    let hasOdd = false
    visit(document, {
      Scalar: (key, scalar) => {
        if (key === 'key' || typeof scalar.value !== 'number') return
        const text = jsonNumber(scalar.source ?? '')
        if (text === undefined || text === String(scalar.value)) return
        scalar.value = new Spelled(text)
        hasOdd = true
      },
    })
    return hasOdd ? make() : undefined
  }
  return (pointer) => {
    known ??= { spelled: spell() }
    let part = known.spelled
    for (const key of pointer) {
      if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined
      part = (part as Readonly<Record<string | number, unknown>>)[key]
    }
    return part === undefined ? undefined : written(part)
  }
}

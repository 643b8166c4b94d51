import type { JsonNode } from '../go/json-parse.ts'
import { loadGoRegExp } from './go-regexp.ts'
import { loadPhones } from './phone.ts'

interface Needs {
  regExps: boolean
  phones: boolean
}

const isText = (node: JsonNode, text: string): boolean => node.kind === 'string' && node.text === text

const look = (node: JsonNode, needs: Needs): void => {
  if (node.kind === 'array') for (const item of node.items) look(item, needs)
  if (node.kind !== 'object') return
  for (const { key, value } of node.members) {
    needs.regExps ||= key === 'pattern' || key === 'patternProperties' || (key === 'format' && isText(value, 'regex'))
    needs.phones ||= (key === 'format' && isText(value, 'tel')) || (key === 'via' && isText(value, 'sms'))
    look(value, needs)
  }
}

/** Loads the libraries that a schema asks for anywhere: regular expressions, phone numbers. Most ask for none. */
export const loadLibraries = async (schema: JsonNode): Promise<void> => {
  const needs: Needs = { regExps: false, phones: false }
  look(schema, needs)
  if (needs.regExps) await loadGoRegExp()
  if (needs.phones) await loadPhones()
}

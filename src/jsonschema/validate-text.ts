import { fromPaddedBase64 } from '../go/base64.ts'
import { bytesOf, quote, rawBytes, type Bytes } from '../go/bytes.ts'
import { GoJsonError, parseBody } from '../go/json-parse.ts'
import type { CompiledSchema } from './compiled-schema.ts'
import { violation, type Violation } from './violation.ts'

const SURROGATE = /[\ud800-\udfff]/

const lengthViolations = ({ minLength, maxLength }: CompiledSchema, text: string, found: Violation[]): void => {
  const length = SURROGATE.test(text) ? Array.from(text).length : text.length
  if (minLength !== undefined && length < minLength) {
    found.push(violation('minLength', `length must be >= ${minLength}, but got ${length}`))
  }
  if (maxLength !== undefined && length > maxLength) {
    found.push(violation('maxLength', `length must be <= ${maxLength}, but got ${length}`))
  }
}

const isJson = (content: Bytes): boolean => {
  try {
    parseBody(rawBytes(content))
    return true
  } catch (error) {
    if (error instanceof GoJsonError) return false
    throw error
  }
}

/** What a text holds; any other encoding or media type than these is not looked at. */
const contentViolations = (
  { contentEncoding = '', contentMediaType }: CompiledSchema,
  text: string,
  found: Violation[],
): void => {
  const content = contentEncoding === '' ? bytesOf(text) : contentEncoding === 'base64' ? fromPaddedBase64(text) : 0
  if (contentEncoding === 'base64' && typeof content === 'number')
    found.push(violation('contentEncoding', `${quote(bytesOf(text))} is not base64 encoded`))
  if (contentMediaType === 'application/json' && typeof content === 'string' && !isJson(content))
    found.push(violation('contentMediaType', 'value is not of mediatype "application/json"'))
}

export const textViolations = (schema: CompiledSchema, text: string, found: Violation[]): void => {
  if (schema.minLength !== undefined || schema.maxLength !== undefined) lengthViolations(schema, text, found)
  if (schema.pattern !== undefined && !schema.pattern.test(text)) {
    found.push(violation('pattern', `does not match pattern ${quote(bytesOf(schema.pattern.source))}`))
  }
  if (schema.contentEncoding !== undefined || schema.contentMediaType !== undefined)
    contentViolations(schema, text, found)
}

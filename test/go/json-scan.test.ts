import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWhole, type JsonNode } from '../../src/go/json-parse.ts'
import { jsonMisfit, jsonParts } from '../../src/go/json-places.ts'
import { compact, isDeeper } from '../../src/go/json-scan.ts'

/** JSON text with whitespace in between, as `JSON.stringify` indents it, or without. */
const jsonText = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t', ' \r'))
  .map(([value, space]) => JSON.stringify(value, undefined, space))

/** JSON text in which letters were put, taken away or exchanged, which may leave it JSON. */
const brokenText = fc
  .tuple(
    jsonText,
    fc.array(fc.tuple(fc.nat(), fc.nat(1), fc.constantFrom(...'{}[],:"\\ \n0123-+.eEtruefalsnux/\u0001é', ''))),
  )
  .map(([text, edits]) =>
    edits.reduce((before, [place, removed, put]) => {
      const at = place % (before.length + 1)
      return before.slice(0, at) + put + before.slice(at + removed)
    }, text),
  )

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const valueOf = (node: JsonNode): unknown => {
  if (node.kind === 'array') return node.items.map(valueOf)
  if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]))
  return node.kind === 'string' ? node.text : JSON.parse(node.raw)
}

const levels = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(levels)) : 0

test('The scanner takes for JSON what JSON.parse takes, whatever was done to the text', () => {
  fc.assert(
    fc.property(brokenText, (text) => {
      expect(jsonMisfit(text) === undefined).toBe(isJson(text))
    }),
  )
})

test('What is no JSON is found where the longest beginning that JSON can have ends', () => {
  const misfits = [
    ['[1, 2', { line: 1, column: 6, expected: 'a comma or ]', found: 'the end' }],
    ['{"a": tru}', { line: 1, column: 7, expected: 'a value', found: 'tru}' }],
    ['{"a" 1}', { line: 1, column: 6, expected: 'a colon', found: '1}' }],
    ['{"a": 1,\n}', { line: 2, column: 1, expected: 'a name in double quotes', found: '}' }],
    ['[1.]', { line: 1, column: 3, expected: 'a comma or ]', found: '.]' }],
    ['{"a\u0001": 1}', { line: 1, column: 2, expected: 'a name in double quotes or }', found: '\\"a\\u0001\\": 1}' }],
    ['[]]', { line: 1, column: 3, expected: 'the end', found: ']' }],
    ['', { line: 1, column: 1, expected: 'a value', found: 'the end' }],
  ] as const
  for (const [text, misfit] of misfits) expect(jsonMisfit(text)).toEqual(misfit)
})

test('A text that was read has the value that JSON.parse gives it, and its spelling', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const node = parseWhole(text)
      expect(valueOf(node)).toEqual(JSON.parse(text))
      expect(node.raw).toBe(text.trim())
    }),
  )
})

test('Compact text says the same without whitespace', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      expect(compact(text)).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
})

test('A text is deeper than the levels below its own, and not than its own', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const depth = levels(JSON.parse(text))
      const padded = text + ' '.repeat(2 * depth)
      expect(isDeeper(padded, depth)).toBe(false)
      if (depth > 0) expect(isDeeper(padded, depth - 1)).toBe(true)
    }),
  )
})

test('The place of a path is where its value, or its name, is spelled', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.array(fc.integer(), { minLength: 1 }), { minKeys: 1 }), (value) => {
      const text = JSON.stringify(value, undefined, 1)
      const lines = text.split('\n')
      const parts = jsonParts(text)
      for (const [key, items] of Object.entries(value)) {
        const name = parts.locate([key])!
        expect(lines[name.line - 1]!.slice(name.column - 1)).toBe(`${JSON.stringify(key)}: [`)
        const last = parts.locate([key, items.length - 1])!
        expect(lines[last.line - 1]!.slice(last.column - 1)).toBe(String(items.at(-1)))
      }
    }),
  )
})

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { operations } from '../../src/model/operations.ts'

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly schema?: Node
}
type Node = Readonly<Record<string, unknown>>
interface ReferenceOperation {
  readonly operationId: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const reference = JSON.parse(read('openapi.2026-07.json')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ReferenceOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Node>> }
}
const listed = new URL('reference-not-modelled.json', import.meta.url)

/** The operations of the identity tag, and those of the frontend that are about sessions. */
const ours = Object.values(reference.paths)
  .flatMap((item) => Object.values(item))
  .filter(
    ({ tags, operationId }) =>
      tags?.includes('identity') || (tags?.includes('frontend') && /session/i.test(operationId)),
  )

const REFERENCE = '#/components/schemas/'

/** Every schema that a node leads to, by name. */
const reach = (node: unknown, found: Set<string>): void => {
  if (Array.isArray(node)) for (const one of node) reach(one, found)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  for (const [key, value] of Object.entries(node)) {
    const name = key === '$ref' && typeof value === 'string' ? value.slice(REFERENCE.length) : undefined
    if (name === undefined) reach(value, found)
    else if (!found.has(name) && reference.components.schemas[name] !== undefined) {
      found.add(name)
      reach(reference.components.schemas[name], found)
    }
  }
}

/** The names that the code says: its words, and its texts in quotes. */
const code = ['api', 'model', 'seed', 'go', 'jsonpatch']
  .flatMap((room) =>
    readdirSync(new URL(`../../src/${room}`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => read(`../../src/${room}/${path}`)),
  )
  .join('\n')
  .replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')
const words = new Set(code.match(/[A-Za-z_][\w-]*/g))
const texts = new Set([...code.matchAll(/'([^'\n]*)'/g)].map(([, text]) => text!))

interface Named {
  readonly name: string
  readonly known: boolean
}

const isModelled = ({ operationId }: ReferenceOperation): boolean => operations.some(({ id }) => id === operationId)

/** The properties of a schema and what they may be, those of the objects inside it too. */
const parts = (place: string, node: Node): Named[] => [
  ...((node['enum'] as readonly unknown[] | undefined) ?? []).map((value) => ({
    name: `${place} = ${String(value)}`,
    known: texts.has(String(value)),
  })),
  ...Object.entries((node['properties'] as Readonly<Record<string, Node>> | undefined) ?? {}).flatMap(
    ([property, inside]) => [
      { name: `${place}.${property}`, known: words.has(property) },
      ...parts(`${place}.${property}`, inside),
    ],
  ),
  ...(typeof node['items'] === 'object' ? parts(`${place}[]`, node['items'] as Node) : []),
]

const parameterOf = ({ operationId }: ReferenceOperation, parameter: Parameter): Named[] => {
  const { name, schema } = parameter
  const operation = operations.find(({ id }) => id === operationId)
  const inPath = operation?.path.includes(`{${name}}`) === true
  const known = parameter.in === 'path' ? inPath : texts.has(name) || texts.has(name.toLowerCase())
  return [{ name: `${operationId}?${name}`, known }, ...parts(`${operationId}?${name}`, schema ?? {})]
}

const all = (): Named[] => {
  const schemas = new Set<string>()
  reach(ours.filter(isModelled), schemas)
  return [
    ...ours.flatMap((operation) => [
      { name: operation.operationId, known: isModelled(operation) },
      ...(operation.parameters ?? []).flatMap((parameter) => parameterOf(operation, parameter)),
    ]),
    ...[...schemas].toSorted().flatMap((name) => parts(name, reference.components.schemas[name]!)),
  ]
}

const notModelled = all().flatMap(({ name, known }) => (known ? [] : [name]))

if (process.env['UPDATE_REFERENCE'] !== undefined) writeFileSync(listed, `${JSON.stringify(notModelled, null, 2)}\n`)

test('the reference has nothing that the mock does not know, but what is listed by name', () => {
  expect(all().length).toBeGreaterThan(200)
  expect(notModelled).toEqual(JSON.parse(readFileSync(listed, 'utf8')))
})

test('what is listed is what the reference really has', () => {
  const names = new Set(all().map(({ name }) => name))
  for (const name of JSON.parse(readFileSync(listed, 'utf8')) as string[]) expect(names).toContain(name)
})

import type { Ui, UiNode, UiText } from '../model/flow.ts'
import { memberOf, parseWhole, type JsonNode } from '../go/json-parse.ts'
import type { JsonText } from '../model/identity.ts'
import { ownMember } from '../model/json.ts'
import { append, field, findNode, setValue } from './nodes.ts'
import { generatedLabel, texts } from './texts.ts'

/** What a trait's JSON Schema says of its field: a path such as `traits.name.first`. */
export interface TraitField {
  readonly path: string
  readonly kind: 'text' | 'number' | 'checkbox' | 'list'
  readonly format: string
  readonly pattern: string
  readonly title: string
  readonly required: boolean
  readonly disabled: boolean
  /** Whether somebody signs in with it. */
  readonly identifies: boolean
}

/** The fields of an identity schema. */
export interface TraitFields {
  /** By path, as Kratos lists them. */
  readonly fields: readonly TraitField[]
  /** Paths of the leaves, in the order of the schema. */
  readonly keys: readonly string[]
  /** Paths of objects, from the outside in, `traits` first. */
  readonly objects: readonly string[]
}

const textOf = (node: JsonNode, key: string): string => {
  const value = memberOf(node, key)
  return value?.kind === 'string' ? value.text : ''
}

const membersOf = (node: JsonNode | undefined): Extract<JsonNode, { kind: 'object' }>['members'] =>
  node?.kind === 'object' ? node.members : []

const KINDS: Readonly<Record<string, TraitField['kind']>> = {
  number: 'number',
  integer: 'number',
  boolean: 'checkbox',
  array: 'list',
}

const identifies = (schema: JsonNode): boolean => {
  const extension = memberOf(schema, 'ory.sh/kratos')
  const credentials = extension && memberOf(extension, 'credentials')
  return membersOf(credentials).some(({ value }) =>
    ['identifier', 'display_name', 'account_name'].some((flag) => memberOf(value, flag)?.raw === 'true'),
  )
}

/** How deep a schema that refers to itself is followed. */
const MOST_DEPTH = 16

const read = (root: JsonNode): TraitFields => {
  const fields: TraitField[] = []
  const objects: string[] = []
  const resolved = (schema: JsonNode): JsonNode => {
    const ref = textOf(schema, '$ref')
    if (!ref.startsWith('#/')) return schema
    let node: JsonNode | undefined = root
    for (const part of ref.slice(2).split('/')) node = node && memberOf(node, part)
    return node ?? schema
  }
  const follow = (given: JsonNode, path: string, required: boolean, depth = 0): void => {
    if (depth > MOST_DEPTH) return
    const schema = resolved(given)
    const type = textOf(schema, 'type')
    const properties = membersOf(memberOf(schema, 'properties'))
    if (type === 'object' || properties.length > 0) {
      objects.push(path)
      const wanted = memberOf(schema, 'required')
      const names =
        wanted?.kind === 'array' ? wanted.items.map((item) => (item.kind === 'string' ? item.text : '')) : []
      const isWanted = new Set(names)
      for (const { key, value } of properties) follow(value, `${path}.${key}`, isWanted.has(key), depth + 1)
      return
    }
    fields.push({
      path,
      kind: ownMember(KINDS, type) ?? 'text',
      format: textOf(schema, 'format'),
      pattern: textOf(schema, 'pattern'),
      title: textOf(schema, 'title'),
      required,
      disabled: memberOf(schema, 'disableFormField')?.raw === 'true',
      identifies: identifies(schema),
    })
  }
  const traits = membersOf(memberOf(root, 'properties')).find(({ key }) => key === 'traits')
  if (traits !== undefined) follow(traits.value, 'traits', false)
  const keys = fields.map(({ path }) => path)
  return { fields: fields.toSorted((a, b) => (a.path < b.path ? -1 : 1)), keys, objects }
}

const known = new Map<JsonText, TraitFields>()
const MOST_KEPT = 64

/** Reads the fields of an identity schema by its text, once. */
export const traitFields = (schema: JsonText): TraitFields => {
  const made = known.get(schema) ?? read(parseWhole(schema))
  if (known.size >= MOST_KEPT) known.clear()
  known.set(schema, made)
  return made
}

const FORMATS: Readonly<Record<string, readonly [type: string, autocomplete?: string]>> = {
  'date-time': ['datetime-local'],
  email: ['email', 'email'],
  tel: ['tel', 'tel'],
  date: ['date'],
  uri: ['url', 'url'],
  regex: ['text'],
}

/** The nodes of a schema's traits (ui/node/attributes_input.go NewInputFieldFromSchema). */
export const traitNodes = (schema: JsonText, group: string, isOld: boolean): UiNode[] =>
  traitFields(schema).fields.map((one) => {
    const name = one.path.slice(one.path.lastIndexOf('.') + 1)
    const plain = name === 'password' ? 'password' : one.kind === 'list' ? 'text' : one.kind
    const [type, autocomplete] = ownMember(FORMATS, one.format) ?? [plain]
    return field(group, one.path, type, undefined, {
      required: one.required || undefined,
      autocomplete,
      pattern: one.pattern || undefined,
      disabled: one.disabled,
      ...(one.title === '' ? {} : { label: generatedLabel(one.title, one.path, isOld) }),
    })
  })

/** The label of the field that somebody signs in with. */
export const identifierLabel = (schema: JsonText, isOld: boolean): UiText => {
  const [first, ...more] = traitFields(schema).fields.filter((one) => one.identifies)
  return first === undefined || more.length > 0 || first.title === ''
    ? texts.identifier
    : generatedLabel(first.title, first.path, isOld)
}

/** Values by path, with dots (oryx/jsonx Flatten), in order; without recursion, since they may lie deep. */
export const flattened = (value: unknown, path: string): [path: string, value: unknown][] => {
  const leaves: [string, unknown][] = []
  const rest: [string, unknown][] = [[path, value]]
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const [at, one] = next
    if (typeof one !== 'object' || one === null) {
      leaves.push(next)
      continue
    }
    for (const [key, inner] of Object.entries(one).toReversed()) {
      const name = Array.isArray(one) ? key : key.replaceAll('.', String.raw`\.`)
      rest.push([`${at}.${name}`, inner])
    }
  }
  return leaves
}

/** The leaves of traits that were sent; nothing for what is no object. */
export const traitValues = (traits: JsonText): [path: string, value: unknown][] => {
  const value: unknown = traits === '' ? {} : JSON.parse(traits)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? flattened(value, 'traits') : []
}

/** Fills a form's fields with traits; those that it lacks are added (container.go UpdateNodeValuesFromJSON). */
export const fillTraits = (ui: Ui, traits: JsonText, group: string): void => {
  for (const [path, value] of traitValues(traits)) {
    const node = findNode(ui, path)
    if (node === undefined) {
      const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'checkbox' : 'text'
      append(ui, field(group, path, path.endsWith('.password') ? 'password' : type, value))
      continue
    }
    node.attributes.value = value
    node.group = group
  }
}

/** Fills those fields alone that the form has. */
export const keepTraits = (ui: Ui, traits: JsonText): void => {
  for (const [path, value] of traitValues(traits)) setValue(ui, path, value)
}

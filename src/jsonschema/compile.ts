import { unescapeBytes } from '../go/bytes.ts'
import { GoJsonError, memberOf, parseWhole, type JsonNode } from '../go/json-parse.ts'
import { CompiledSchema } from './compiled-schema.ts'
import { Enumeration } from './enumeration.ts'
import { readExtension, type Extension } from './extension.ts'
import { escapePointer, SchemaMembers, SchemaProblem } from './schema-members.ts'

const DRAFTS = new Map([
  ['http://json-schema.org/schema', 7],
  ['http://json-schema.org/draft-07/schema', 7],
  ['http://json-schema.org/draft-06/schema', 6],
  ['http://json-schema.org/draft-04/schema', 4],
])

const TYPES: readonly string[] = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']

const extensionAt = (node: JsonNode | undefined, pointer: string): Extension | undefined => {
  if (node === undefined) return undefined
  try {
    return readExtension(node)
  } catch (error) {
    if (error instanceof GoJsonError)
      throw new SchemaProblem(pointer, `is not what Kratos reads there: ${error.message}`)
    throw error
  }
}

/** Makes the schemas of one document. */
class Compiler {
  readonly #root: JsonNode
  readonly #draft: number
  readonly #placed = new Map<string, CompiledSchema>()
  readonly #named = new Map<string, JsonNode>()

  constructor(root: JsonNode) {
    this.#root = root
    const said = memberOf(root, '$schema')
    const draft = said?.kind === 'string' ? DRAFTS.get(said.text.replace(/#$/, '')) : 7
    if (draft === undefined) throw new SchemaProblem('/$schema', `is a dialect that Kratos does not know: ${said!.raw}`)
    this.#draft = draft
  }

  root(): CompiledSchema {
    return this.#at('#', this.#root)
  }

  /** A schema that references lead to; it may refer to itself. */
  #at(place: string, node: JsonNode): CompiledSchema {
    const there = this.#placed.get(place)
    if (there !== undefined) return there
    const made = new CompiledSchema(place)
    this.#placed.set(place, made)
    this.#fill(made, node, place.slice(1))
    return made
  }

  #schema(node: JsonNode, pointer: string): CompiledSchema {
    const made = new CompiledSchema(undefined)
    this.#fill(made, node, pointer)
    return made
  }

  #resolve(ref: string, pointer: string): CompiledSchema {
    if (ref === '#' || ref === '' || ref === '#/') return this.root()
    if (!ref.startsWith('#/')) {
      if (this.#named.size === 0) this.#nameAll(this.#root)
      const node = this.#named.get(ref)
      if (node === undefined) throw new SchemaProblem(pointer, `refers to ${ref}, which is not in this schema`)
      return this.#at(ref, node)
    }
    let node: JsonNode | undefined = this.#root
    for (const part of ref.slice(2).split('/')) {
      const key = unescapeBytes(part.replaceAll('~1', '/').replaceAll('~0', '~')) ?? part
      node = node?.kind === 'array' ? node.items[Number(key)] : node && memberOf(node, key)
    }
    if (node === undefined) throw new SchemaProblem(pointer, `refers to ${ref}, which is not there`)
    return this.#at(ref, node)
  }

  /** Schemas that carry an id can be referred to by it. */
  #nameAll(node: JsonNode): void {
    if (node.kind === 'array') for (const item of node.items) this.#nameAll(item)
    if (node.kind !== 'object') return
    const id = memberOf(node, this.#draft === 4 ? 'id' : '$id')
    if (id?.kind === 'string') this.#named.set(id.text, node)
    for (const { value } of node.members) this.#nameAll(value)
  }

  #fill(into: CompiledSchema, node: JsonNode, pointer: string): void {
    if (node.kind === 'bool') {
      into.always = node.raw === 'true'
      return
    }
    if (node.kind !== 'object') throw new SchemaProblem(pointer, 'is neither an object nor a boolean')
    const members = new SchemaMembers(node, pointer)
    const ref = members.text('$ref')
    if (ref !== undefined) {
      into.ref = this.#resolve(ref, members.at('$ref'))
      return
    }
    this.#fillAny(into, members)
    this.#fillObject(into, members)
    this.#fillArray(into, members)
    this.#fillScalars(into, members)
    into.extension = extensionAt(members.get('ory.sh/kratos'), members.at('ory.sh/kratos'))
  }

  #one(members: SchemaMembers, key: string): CompiledSchema | undefined {
    const value = members.get(key)
    return value && this.#schema(value, members.at(key))
  }

  #all(members: SchemaMembers, key: string): readonly CompiledSchema[] {
    return (members.items(key) ?? []).map((item, n) => this.#schema(item, `${members.at(key)}/${n}`))
  }

  #byName(members: SchemaMembers, key: string): ReadonlyMap<string, CompiledSchema> {
    const place = members.at(key)
    return new Map(
      members.members(key).map((one) => [one.key, this.#schema(one.value, `${place}/${escapePointer(one.key)}`)]),
    )
  }

  /** For what is left over: a schema, or `false` for nothing at all. */
  #rest(members: SchemaMembers, key: string): CompiledSchema | false | undefined {
    const value = members.get(key)
    if (value?.kind === 'bool') return value.raw === 'true' ? undefined : false
    return this.#one(members, key)
  }

  #fillAny(into: CompiledSchema, members: SchemaMembers): void {
    const type = members.get('type')
    into.types = type?.kind === 'string' ? [type.text] : members.strings('type', type)
    const unknown = into.types.find((one) => !TYPES.includes(one))
    if (unknown !== undefined) throw new SchemaProblem(members.at('type'), `names no type of JSON: ${unknown}`)
    const values = members.items('enum') ?? []
    if (values.length > 0) into.enum = new Enumeration(values)
    into.not = this.#one(members, 'not')
    into.allOf = this.#all(members, 'allOf')
    into.anyOf = this.#all(members, 'anyOf')
    into.oneOf = this.#all(members, 'oneOf')
    const value = this.#draft >= 6 ? members.get('const') : undefined
    if (value !== undefined) into.const = new Enumeration([value])
    if (this.#draft < 7) return
    into.condition = this.#one(members, 'if')
    into.consequence = this.#one(members, 'then')
    into.alternative = this.#one(members, 'else')
  }

  #fillObject(into: CompiledSchema, members: SchemaMembers): void {
    into.minProperties = members.count('minProperties')
    into.maxProperties = members.count('maxProperties')
    into.required = members.strings('required')
    into.properties = this.#byName(members, 'properties')
    const patterns = this.#byName(members, 'patternProperties')
    into.patternProperties = [...patterns].map(([source, schema]) => [
      members.pattern('patternProperties', source),
      schema,
    ])
    into.additionalProperties = this.#rest(members, 'additionalProperties')
    const place = members.at('dependencies')
    into.dependencies = members.members('dependencies').map(({ key, value }) => {
      const wanted =
        value.kind === 'array'
          ? members.strings('dependencies', value)
          : this.#schema(value, `${place}/${escapePointer(key)}`)
      return [key, wanted]
    })
    if (this.#draft >= 6) into.propertyNames = this.#one(members, 'propertyNames')
  }

  #fillArray(into: CompiledSchema, members: SchemaMembers): void {
    into.minItems = members.count('minItems')
    into.maxItems = members.count('maxItems')
    into.uniqueItems = members.flag('uniqueItems') ?? false
    if (this.#draft >= 6) into.contains = this.#one(members, 'contains')
    if (members.get('items')?.kind === 'array') {
      into.tuple = this.#all(members, 'items')
      into.additionalItems = this.#rest(members, 'additionalItems')
    } else into.items = this.#one(members, 'items')
  }

  #fillScalars(into: CompiledSchema, members: SchemaMembers): void {
    into.minLength = members.count('minLength')
    into.maxLength = members.count('maxLength')
    const pattern = members.text('pattern')
    into.pattern = pattern === undefined ? undefined : members.pattern('pattern', pattern)
    into.format = members.text('format')
    for (const [limit, exclusive] of [
      ['minimum', 'exclusiveMinimum'],
      ['maximum', 'exclusiveMaximum'],
    ] as const) {
      // Draft 4 had a flag beside the limit.
      const isFlag = members.get(exclusive)?.kind === 'bool'
      const isExclusive = isFlag && members.flag(exclusive) === true
      into[limit] = isExclusive ? undefined : members.number(limit)
      into[exclusive] = isExclusive ? members.number(limit) : isFlag ? undefined : members.number(exclusive)
    }
    into.multipleOf = members.number('multipleOf')
    if (this.#draft < 7) return
    into.contentEncoding = members.text('contentEncoding')
    into.contentMediaType = members.text('contentMediaType')
  }
}

const parse = (text: string): JsonNode => {
  try {
    return parseWhole(text)
  } catch (error) {
    throw new SchemaProblem('', `is no JSON: ${error instanceof GoJsonError ? error.message : String(error)}`)
  }
}

const compiled = new Map<string, CompiledSchema>()
const MOST_KEPT = 64

/** Compiles a JSON Schema of draft 4, 6 or 7 by its text, once; `loadLibraries` comes before. @throws SchemaProblem */
export const compileSchema = (text: string): CompiledSchema => {
  const there = compiled.get(text)
  if (there !== undefined) return there
  const made = new Compiler(parse(text)).root()
  if (compiled.size >= MOST_KEPT) compiled.clear()
  compiled.set(text, made)
  return made
}

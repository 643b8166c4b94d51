import { byteText, quote, textOf, type Bytes } from '../go/bytes.ts'
import { KratosError } from '../model/errors.ts'
import { GoJsonError, parseBody, parseWhole, type JsonNode } from '../go/json-parse.ts'
import { compact } from '../go/json-scan.ts'
import { typeOf } from '../jsonschema/validate.ts'
import type { JsonText } from '../model/identity.ts'
import { plainFloat } from '../go/number.ts'
import { parseMediaType } from '../go/media-type.ts'
import { Query } from '../go/query.ts'
import { missingField, PlainError, type FormFlaw } from './problems.ts'
import type { FlowRequest } from './reply.ts'
import { submittedTraits } from './submitted-traits.ts'
import { generic } from './texts.ts'
import type { TraitFields } from './trait-fields.ts'
import { violationMessage } from './violation-texts.ts'

const TAKEN = ['multipart/form-data', 'application/x-www-form-urlencoded', 'application/json'] as const

/** How gjson prints a value as a string. */
const printed = (node: JsonNode): string => {
  if (node.kind === 'string') return node.text
  if (node.kind === 'number' && !/^-?\d+$/.test(node.raw)) return plainFloat(Number(node.raw))
  return node.kind === 'null' ? '' : node.raw
}

const ofJson = (body: Uint8Array): Map<string, string> => {
  let node: JsonNode
  try {
    node = parseBody(body)
  } catch (error) {
    if (error instanceof GoJsonError)
      throw new KratosError(400, { reason: 'Unable to decode form as JSON.', message: error.message })
    throw error
  }
  if (node.kind !== 'object') {
    const bool = node.raw === 'true' ? 'True' : 'False'
    const kind = { null: 'Null', bool, number: 'Number', string: 'String', array: 'JSON' }
    throw new KratosError(400, {
      reason: `Expected JSON sent in request body to be an object but got: ${kind[node.kind]}`,
    })
  }
  return new Map(node.members.map(({ key, value }) => [key, printed(value)]))
}

const ofQuery = (query: Query): Map<string, string> =>
  new Map(query.keys().map((key) => [textOf(key), textOf(query.get(key))]))

/** A form, which Go refuses for one bad escape. */
const ofForm = (body: Bytes): Map<string, string> => {
  const bad = /%(?![0-9A-Fa-f]{2})[^&=]{0,2}/.exec(body)?.[0]
  if (bad === undefined) return ofQuery(new Query(body))
  throw new KratosError(400, {
    reason: `Unable to decode HTTP POST form body: invalid URL escape ${quote(bad)}`,
  })
}

const ofMultipart = async (request: FlowRequest): Promise<Map<string, string>> => {
  try {
    const form = await new Response(request.body.slice(), {
      headers: { 'Content-Type': request.header('content-type')! },
    }).formData()
    return new Map([...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
  } catch {
    throw new KratosError(400, { reason: 'Unable to decode HTTP POST form body.' })
  }
}

/** What was submitted, whatever way it came: JSON is flattened like a form (oryx/decoderx/http.go). */
export class Submission {
  readonly #values: ReadonlyMap<string, string>
  /** The HTTP method that it came by, and whether its body was JSON. */
  readonly #by: string
  readonly #isJson: boolean

  private constructor(values: ReadonlyMap<string, string>, by = 'POST', isJson = false) {
    this.#values = values
    this.#by = by
    this.#isJson = isJson
  }

  /** One with nothing in it, or what came before. */
  static of(fields: Iterable<readonly [name: string, value: string]> = []): Submission {
    return new Submission(new Map(fields))
  }

  get fields(): Iterable<readonly [name: string, value: string]> {
    return this.#values
  }

  /** @throws KratosError 400 for what is neither JSON nor a form. */
  static async read(request: FlowRequest): Promise<Submission> {
    if (request.method === 'GET' || request.method === 'HEAD')
      return new Submission(ofQuery(request.query), request.method)
    if (request.body.length === 0)
      throw new KratosError(400, {
        reason: 'Unable to decode HTTP Request Body because its HTTP Header "Content-Length" is zero.',
      })
    const type = parseMediaType((request.header('content-type') ?? '').trim())
    if (type === TAKEN[2]) return new Submission(ofJson(request.body), request.method, true)
    if (type === TAKEN[1]) return new Submission(ofForm(byteText(request.body)))
    if (type === TAKEN[0]) return new Submission(await ofMultipart(request))
    throw new KratosError(400, {
      reason: `HTTP ${request.method} Request used unknown HTTP Header "Content-Type: ${request.header('content-type') ?? ''}", only [${TAKEN.join(' ')}] are supported.`,
    })
  }

  /** With what the query says, which wins over JSON, but not over a form. */
  withQuery(query: Query): Submission {
    const both = this.#isJson ? [...this.#values, ...ofQuery(query)] : [...ofQuery(query), ...this.#values]
    return new Submission(new Map(both), this.#by, this.#isJson)
  }

  /** A field, or `''`. */
  get(name: string): string {
    return this.#values.get(name) ?? ''
  }

  get method(): string {
    return this.get('method')
  }

  get csrf(): string {
    return this.get('csrf_token')
  }

  /**
   * Itself, as a method reads it whole that takes these HTTP methods.
   * @throws KratosError 400, or a PlainError for what is no JSON within JSON.
   */
  whole(...taken: readonly string[]): Submission {
    const allowed = taken.length > 0 ? taken : ['POST', 'PUT', 'PATCH']
    if (!allowed.includes(this.#by))
      throw new KratosError(400, {
        reason: `Unable to decode body because HTTP Request Method was "${this.#by}" but only [${allowed.join(' ')}] are supported.`,
      })
    this.#parsed('transient_payload')
    return this
  }

  /** What is wrong with what every method may be sent, and with fields that hold one of some words. */
  flaws(words: Readonly<Record<string, readonly string[]>> = {}): FormFlaw[] {
    const flaws: FormFlaw[] = []
    const payload = this.#parsed('transient_payload')
    if (payload !== undefined && payload.kind !== 'object') {
      const message = violationMessage('type', `expected object, but got ${typeOf(payload)}`, false)
      flaws.push({ message, at: 'transient_payload' })
    }
    for (const [at, known] of Object.entries(words)) {
      if (['', ...known].includes(this.get(at))) continue
      const one = known.length === 1 ? '' : 'one of '
      flaws.push({ message: generic(`value must be ${one}${known.map((word) => `"${word}"`).join(', ')}`), at })
    }
    return flaws
  }

  /** What is wrong with fields that have to be there. */
  lacking(...names: readonly string[]): FormFlaw[] {
    return names.filter((name) => this.get(name) === '').map(missingField)
  }

  #parsed(name: string): JsonNode | undefined {
    const sent = this.get(name)
    try {
      return sent === '' ? undefined : parseWhole(sent)
    } catch (error) {
      throw error instanceof GoJsonError ? this.misread(this.#within(name, sent) ?? error.message) : error
    }
  }

  /** What Go says of broken JSON, which Kratos puts before the other fields. */
  #within(name: string, sent: string): string | undefined {
    const other = [...this.#values.keys()].find((key) => key !== name && key !== 'flow')
    try {
      parseWhole(`{"${name}":${sent}${other === undefined ? '' : `,${JSON.stringify(other)}:""`}}`)
      return undefined
    } catch (error) {
      if (error instanceof GoJsonError) return error.message
      throw error
    }
  }

  /** Why a method cannot read it, in Go's words. */
  misread(message: string): PlainError | KratosError {
    return this.#isJson
      ? new PlainError(message)
      : new KratosError(400, {
          // A form is decoded as a stream, which ends otherwise.
          reason: `Unable to decode JSON payload: ${message.replace('unexpected end of JSON input', 'unexpected EOF')}`,
        })
  }

  /** `transient_payload`, an empty object where none was sent. */
  get transient(): JsonText {
    const text = this.get('transient_payload')
    return text === '' ? '{}' : compact(text)
  }

  /** The traits, be they an object or fields of their own. @throws as `whole` does. */
  traits(schema: TraitFields): JsonText {
    return submittedTraits((name) => this.#parsed(name), this.#values, schema)
  }
}

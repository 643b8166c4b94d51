import { uuid } from '../go/uuid-kind.ts'
import { KratosError } from '../model/errors.ts'
import { sentencesOf, shown, type Flaw } from '../model/flaw.ts'
import { leaf, made, object, type KindsOf } from '../model/kinds.ts'
import { hint } from '../model/nearest.ts'
import { operationId } from '../model/nearest-operation.ts'
import type { OperationId } from '../model/operations.ts'
import { Reader, told, type Voice } from '../model/reader.ts'
import { pathTest } from '../model/wildcard.ts'
import { splitTarget, type RequestFacts } from './entry.ts'

/** Which requests of the journal are meant: those for which all that is given holds. */
export interface RequestFilter {
  /** An operation by its id in Ory's OpenAPI. */
  readonly operation?: OperationId | undefined
  /** An HTTP method, in any case. */
  readonly method?: string | undefined
  /** The path as it was sent; `*` stands for what one segment holds, `**` for any number of segments. */
  readonly path?: string | undefined
  /** The answer's status, 0 for a connection that ended without one, null for a request in flight. */
  readonly status?: number | null | undefined
  /** The identity in the path, or the owner of the session in the path or of the caller's own session. A UUID in any spelling. */
  readonly identity?: string | undefined
  /** The id of the fault rule that acted; `true` for any, `false` for none. */
  readonly fault?: string | boolean | undefined
}

type Test = (facts: RequestFacts) => boolean

const VOICE: Voice = {
  member: (name, known) =>
    told(`A filter has no ${JSON.stringify(name)}. ${hint(name, known, `It knows ${known.join(', ')}.`)}`),
  word: (value, _known, near) => {
    if (typeof value !== 'string') return { expected: 'a string', found: shown(value) }
    return told(`There is no operation ${value}.${near === undefined ? '' : ` Did you mean ${near}?`}`)
  },
}

const string = leaf('a string', { type: 'string' }, (value) => (typeof value === 'string' ? value : undefined))
const status = leaf<number | null, number>('a whole number such as 404, 0 or null', {}, (value) =>
  value === null || Number.isInteger(value) ? (value as number | null) : undefined,
)
const fault = leaf("a rule's id, true or false", {}, (value) =>
  typeof value === 'boolean' || typeof value === 'string' ? value : undefined,
)

const filter = object({
  operation: made(
    operationId,
    (id): Test =>
      ({ operation }) =>
        operation === id,
  ),
  method: made(string, (text): Test => {
    const method = text.toUpperCase()
    return (facts) => facts.method === method
  }),
  path: made(string, (path, reader, at): Test | undefined => {
    if (!path.startsWith('/') && !path.startsWith('*'))
      return reader.tell(at, () => told(`A filter's path begins with a slash: /${path}.`))
    if (/[?#]/.test(path))
      return reader.tell(at, () => told(`A filter's path is without a query: ${path.replace(/[?#][^]*/, '')}.`))
    const takes = pathTest(path)
    return ({ target }) => takes(splitTarget(target)[0])
  }),
  status: made(
    status,
    (code): Test =>
      (facts) =>
        facts.status === code,
  ),
  identity: made(
    uuid,
    (id): Test =>
      ({ identity }) =>
        identity === id,
  ),
  fault: made(fault, (wanted): Test =>
    typeof wanted === 'boolean' ? (facts) => (facts.fault !== undefined) === wanted : (facts) => facts.fault === wanted,
  ),
} satisfies KindsOf<RequestFilter>)

const sentenceOf = ({ pointer: [name], expected, found, reason }: Flaw): string =>
  reason ??
  (name === undefined
    ? `A filter is ${expected} such as {"operation":"listIdentitySessions"}, not ${found}.`
    : `A filter's ${name} is ${expected}, not ${found}.`)

/** A filter that was read. */
export interface ReadFilter {
  readonly takes: Test
  /** Whether it asks for requests in flight. */
  readonly inFlight: boolean
}

/** Reads a filter; none takes every request. @throws KratosError 400 that says all that is wrong with it. */
export const readFilter = (given: unknown = {}): ReadFilter => {
  const reader = new Reader(VOICE)
  const read = filter.read(reader, given, [])
  if (read === undefined || reader.total > 0) throw new KratosError(400, { reason: sentencesOf(reader, sentenceOf) })
  const tests: readonly Test[] = Object.values(read)
  const inFlight = (given as RequestFilter).status === null
  return { takes: (facts) => tests.every((test) => test(facts)), inFlight }
}

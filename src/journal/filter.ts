import { KratosError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import { operations, type OperationId } from '../model/operations.ts'
import { parseUuid } from '../go/uuid.ts'
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
type Reader = (value: unknown) => Test

const refuse = (reason: string): KratosError => new KratosError(400, { reason })

const textual = (name: string, value: unknown): string => {
  if (typeof value !== 'string') throw refuse(`A filter's ${name} is a string, not ${JSON.stringify(value)}.`)
  return value
}

const ids: readonly OperationId[] = operations.map(({ id }) => id)

const readers: Readonly<Record<keyof RequestFilter, Reader>> = {
  operation: (value) => {
    const id = textual('operation', value)
    if (!ids.some((known) => known === id)) {
      const near = nearest(id, ids)
      throw refuse(`There is no operation ${id}.${near === undefined ? '' : ` Did you mean ${near}?`}`)
    }
    return ({ operation }) => operation === id
  },
  method: (value) => {
    const method = textual('method', value).toUpperCase()
    return (facts) => facts.method === method
  },
  path: (value) => {
    const path = textual('path', value)
    if (!path.startsWith('/') && !path.startsWith('*')) throw refuse(`A filter's path begins with a slash: /${path}.`)
    const takes = pathTest(path)
    return ({ target }) => takes(splitTarget(target)[0])
  },
  status: (value) => {
    if (value !== null && !Number.isInteger(value))
      throw refuse(`A filter's status is a whole number such as 404, 0 or null, not ${JSON.stringify(value)}.`)
    return ({ status }) => status === value
  },
  identity: (value) => {
    const id = parseUuid(textual('identity', value))
    if (typeof id !== 'string') throw refuse(`A filter's identity is a UUID: ${id.error}.`)
    return ({ identity }) => identity === id
  },
  fault: (value) => {
    if (typeof value === 'boolean') return ({ fault }) => (fault !== undefined) === value
    if (typeof value !== 'string')
      throw refuse(`A filter's fault is a rule's id, true or false, not ${JSON.stringify(value)}.`)
    return ({ fault }) => fault === value
  },
}

/** A filter that was read. */
export interface ReadFilter {
  readonly takes: Test
  /** Whether it asks for requests in flight. */
  readonly inFlight: boolean
}

/** Reads a filter; none takes every request. @throws KratosError 400 for what is no filter. */
export const readFilter = (filter: unknown = {}): ReadFilter => {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    throw refuse(`A filter is an object such as {"operation":"listIdentitySessions"}, not ${JSON.stringify(filter)}.`)
  }
  const tests = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (Object.hasOwn(readers, name)) return readers[name as keyof RequestFilter](value)
      const near = nearest(name, Object.keys(readers))
      const known = near === undefined ? `It knows ${Object.keys(readers).join(', ')}.` : `Did you mean ${near}?`
      throw refuse(`A filter has no ${JSON.stringify(name)}. ${known}`)
    })
  const inFlight = 'status' in filter && filter.status === null
  return { takes: (facts) => tests.every((test) => test(facts)), inFlight }
}

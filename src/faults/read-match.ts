import { bytesOf } from '../go/bytes.ts'
import { operations, type Operation } from '../model/operations.ts'
import { parseUuid } from '../go/uuid.ts'
import type { Match } from './match.ts'
import { isObject } from '../model/json.ts'
import { faultMethods, type FaultMatch } from './rule.ts'
import { anything, into, readShape, shown, textLike, word, type EntriesOf, type Report } from './shape.ts'
import { canTake } from '../model/wildcard.ts'

/** The keys of `match`. */
export const matchEntries: EntriesOf<FaultMatch, 'identity' | 'session' | 'query' | 'header'> = {
  operation: word(operations.map(({ id }) => id)),
  method: word(faultMethods),
  path: textLike(/^[/*][^?#]*$/, 'a path that begins with / or *, without a query'),
  identity: anything,
  session: anything,
  query: anything,
  header: anything,
}

/** A header name (RFC 9110, 5.6.2). */
export const HEADER_NAME: RegExp = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

const readUuid = (value: unknown, pointer: string, report: Report): string | undefined => {
  if (value === undefined) return undefined
  const id = typeof value === 'string' ? parseUuid(bytesOf(value)) : { error: 'no text' }
  if (typeof id === 'string') return id
  report(pointer, `must be a UUID, not ${shown(value)} (${id.error})`)
  return undefined
}

const readNamed = (value: unknown, pointer: string, report: Report): Match['query'] => {
  if (value === undefined) return []
  if (!isObject(value)) {
    report(pointer, `must be an object of names and values, not ${shown(value)}`)
    return []
  }
  return Object.entries(value).flatMap(([name, wanted]): Match['query'] => {
    if (typeof wanted === 'boolean') return [[name, wanted]]
    if (typeof wanted === 'string' || typeof wanted === 'number') return [[name, String(wanted)]]
    report(into(pointer, name), `must be a text, or true for any value, or false for none, not ${shown(wanted)}`)
    return []
  })
}

const readHeaders = (value: unknown, pointer: string, report: Report): Match['header'] =>
  readNamed(value, pointer, report).map(([name, wanted]) => {
    if (!HEADER_NAME.test(name)) report(into(pointer, name), 'is no name of a header')
    if (name.toLowerCase() === 'ory-mock-fault' && wanted !== false) {
      report(into(pointer, name), 'a request that brings its own fault is not matched by rules')
    }
    return [name.toLowerCase(), wanted] as const
  })

/** The methods that an operation is asked with (session/handler.go registers all but DELETE for whoami). */
const methodsOf = ({ id, method }: Operation): readonly string[] =>
  id === 'toSession' ? faultMethods.filter((one) => one !== 'DELETE') : method === 'GET' ? ['GET', 'HEAD'] : [method]

/** A path of an operation, with and without `/admin`, which may be missing or be put before it. */
const pathsOf = ({ path }: Operation): readonly string[] => [path, path.replace(/^\/admin\//, '/'), `/admin${path}`]

const OF_CALLER = ['toSession', 'listMySessions', 'disableMyOtherSessions']
const hasSession = ({ id, path }: Operation): boolean =>
  OF_CALLER.includes(id) || /^(?:\/admin)?\/sessions\/\{id\}/.test(path)
const hasIdentity = (operation: Operation): boolean =>
  hasSession(operation) || /^\/admin\/identities\/(?:\{id\}|by\/external\/)/.test(operation.path)

/** Whether a match asks for what the operation can never be. */
const contradictions = (match: Match, operation: Operation, pointer: string, report: Report): void => {
  const { id, path } = operation
  const methods = methodsOf(operation)
  if (match.method !== undefined && !methods.includes(match.method)) {
    report(into(pointer, 'method'), `\`${id}\` is never asked with ${match.method}; it is ${methods.join(' or ')}`)
  }
  if (match.path !== undefined && !pathsOf(operation).some((one) => canTake(match.path!, one))) {
    report(into(pointer, 'path'), `cannot match a request of \`${id}\`, whose path is ${path}`)
  }
  if (match.identity !== undefined && !hasIdentity(operation))
    report(into(pointer, 'identity'), `\`${id}\` has no identity in its path, and no session in it that is one's`)
  if (match.session !== undefined && !hasSession(operation))
    report(into(pointer, 'session'), `\`${id}\` has no session in its path, and is not asked with one's token`)
}

export const operationOf = ({ operation }: Match): Operation | undefined =>
  operations.find(({ id }) => id === operation)

/** Whether a match leaves room for a request that an operation serves. */
export const leavesRoom = (match: Match, operation: Operation): boolean => {
  let room = match.operation === undefined || match.operation === operation.id
  contradictions(match, operation, '', () => {
    room = false
  })
  return room
}

export const readMatch = (value: unknown, pointer: string, report: Report): Match => {
  const { operation, method, path, ...rest } =
    (value === undefined ? undefined : readShape(matchEntries, value, pointer, report)) ?? {}
  const match: Match = {
    operation,
    method,
    path,
    identity: readUuid(rest.identity, into(pointer, 'identity'), report),
    session: readUuid(rest.session, into(pointer, 'session'), report),
    query: readNamed(rest.query, into(pointer, 'query'), report),
    header: readHeaders(rest.header, into(pointer, 'header'), report),
  }
  if (path?.startsWith('/_mock') === true) report(into(pointer, 'path'), 'the control plane is never faulted')
  const known = operationOf(match)
  if (known !== undefined) contradictions(match, known, pointer, report)
  return match
}

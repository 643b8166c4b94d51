import { uuid } from '../go/uuid-kind.ts'
import type { Pointer } from '../model/flaw.ts'
import { byName, made, object, several, textLike, word, type Kind, type KindsOf } from '../model/kinds.ts'
import { operationId } from '../model/nearest-operation.ts'
import { isOfCaller, methodsOf, operations, spellingsOf, type Operation } from '../model/operations.ts'
import type { Reader } from '../model/reader.ts'
import { canTake } from '../model/wildcard.ts'
import { HEADER_NAME } from './effect-kinds.ts'
import type { Match } from './match.ts'
import { faultMethods, type FaultMatch } from './rule.ts'

/** By name: a value, `true` for any, `false` for none. */
const values = (check: (reader: Reader, name: string, wanted: string | boolean, at: Pointer) => void) =>
  byName<readonly [string, string | boolean], string | number | boolean>(
    'an object of names and values',
    { type: ['string', 'number', 'boolean'] },
    (reader, name, value, at) => {
      if (typeof value !== 'boolean' && typeof value !== 'string' && typeof value !== 'number')
        return reader.flaw(at, 'a text, or true for any value, or false for none', value)
      const wanted = typeof value === 'boolean' ? value : String(value)
      check(reader, name, wanted, at)
      return [name, wanted]
    },
  )

const query = values(() => {})

const header = values((reader, name, wanted, at) => {
  if (!HEADER_NAME.test(name)) reader.say(at, 'is no name of a header')
  if (name.toLowerCase() === 'ory-mock-fault' && wanted !== false)
    reader.say(at, 'a request that brings its own fault is not matched by rules')
})

/** The keys of `match`. */
export const matchEntries = {
  operation: several(operationId),
  method: several(word(faultMethods)),
  path: textLike(/^[/*][^?#]*$/, 'a path that begins with / or *, without a query'),
  identity: uuid,
  session: uuid,
  flow: uuid,
  query,
  header,
} satisfies KindsOf<FaultMatch>

/** The methods that an operation is asked with, of those that a rule names: what answers GET answers HEAD. */
const askedWith = (operation: Operation): readonly string[] => {
  const methods = methodsOf(operation).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...new Set(methods)].filter((method) => faultMethods.some((known) => known === method))
}

const hasSession = (operation: Operation): boolean => isOfCaller(operation) || operation.about === 'session'
const hasIdentity = (operation: Operation): boolean =>
  hasSession(operation) || operation.about === 'identity' || operation.about === 'externalID'

type Contradiction = readonly [key: 'method' | 'path' | 'identity' | 'session' | 'flow', reason: string]

/** What a match asks for that an operation can never be. */
const contradictions = (match: Match, operation: Operation): readonly Contradiction[] => {
  const { id, path } = operation
  const methods = askedWith(operation)
  const found: Contradiction[] = []
  if (match.methods?.some((one) => methods.includes(one)) === false)
    found.push(['method', `\`${id}\` is never asked with ${match.methods.join(' or ')}; it is ${methods.join(' or ')}`])
  if (match.path !== undefined && !spellingsOf(operation).some((one) => canTake(match.path!, one)))
    found.push(['path', `cannot match a request of \`${id}\`, whose path is ${path}`])
  if (match.identity !== undefined && !hasIdentity(operation))
    found.push(['identity', `\`${id}\` has no identity in its path, and no session in it that is one's`])
  if (match.session !== undefined && !hasSession(operation))
    found.push(['session', `\`${id}\` has no session in its path, and is not asked with one's token`])
  if (match.flow !== undefined && operation.flow === undefined)
    found.push(['flow', `\`${id}\` neither reads nor submits a flow`])
  return found
}

/** The operations that a match names, if it names any. */
export const operationsOf = ({ operations: ids }: Match): readonly Operation[] =>
  operations.filter(({ id }) => ids?.includes(id) === true)

/** Whether a match leaves room for a request that an operation serves. */
export const leavesRoom = (match: Match, operation: Operation): boolean =>
  (match.operations?.includes(operation.id) ?? true) && contradictions(match, operation).length === 0

/** Methods of several that none of the operations beside them is asked with. */
const idleMethods = ({ methods = [] }: Match, named: readonly Operation[]): readonly (readonly [number, string])[] =>
  methods.length < 2 || named.length === 0
    ? []
    : [...methods.entries()].filter(([, method]) => !named.some((one) => askedWith(one).includes(method)))

export const match: Kind<Match, FaultMatch> = made(
  object(matchEntries),
  ({ operation, method, path, identity, session, flow, query: asked = [], header: heads = [] }, reader, at) => {
    const read: Match = {
      operations: operation,
      methods: method,
      path,
      identity,
      session,
      flow,
      query: asked,
      header: heads.map(([name, wanted]) => [name.toLowerCase(), wanted]),
    }
    if (path?.startsWith('/_mock') === true) reader.say([...at, 'path'], 'the control plane is never faulted')
    const named = operationsOf(read)
    for (const one of named) for (const [key, reason] of contradictions(read, one)) reader.say([...at, key], reason)
    for (const [n, idle] of idleMethods(read, named))
      reader.say([...at, 'method', n], `none of the operations is ever asked with ${idle}`)
    return read
  },
)

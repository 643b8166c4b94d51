import { operations, type Operation, type OperationId } from '../../model/operations.ts'
import { literal } from './source.ts'
import { proofsOf } from './proofs.ts'
import type { Request } from './copied-request.ts'
import { serverOf, type Target } from './request.ts'

/** The bodies that are not called as their operations are, by the parameter of `@ory/client-fetch`; `''` for none. */
const BODIES: Readonly<Partial<Record<OperationId, string>>> = {
  patchIdentity: 'jsonPatch',
  batchPatchIdentities: 'patchIdentitiesBody',
  extendSession: '',
  performNativeLogout: 'performNativeLogoutBody',
}

const bodyOf = ({ id, method }: Operation): string =>
  BODIES[id] ?? (method === 'GET' || method === 'DELETE' ? '' : `${id}Body`)

/** The classes of the client, and the names that their objects get, by how the paths begin that each of them has. */
const CLIENTS: readonly (readonly [path: string, client: string, name: string])[] = [
  ['/admin/courier/', 'CourierApi', 'courier'],
  ['/admin/version', 'MetadataApi', 'metadata'],
  ['/admin/', 'IdentityApi', 'identities'],
  ['/schemas', 'IdentityApi', 'identities'],
  ['/sessions', 'FrontendApi', 'frontend'],
  ['/self-service/', 'FrontendApi', 'frontend'],
]

/** Parameters whose values are no texts. */
const NUMBERS = ['page', 'page_size', 'per_page']
const FLAGS = ['active', 'refresh', 'return_session_token_exchange_code']
const LISTS = ['ids', 'expand', 'include_credential']

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const valueOf = (name: string, value: string | readonly string[]): unknown => {
  if (LISTS.includes(name)) return [value].flat()
  const one = [value].flat()[0]!
  if (NUMBERS.includes(name)) return Number(one)
  return FLAGS.includes(name) ? one === 'true' : one
}

/** The parameters that stand in a path. */
const inPath = (template: string, path: string): Record<string, string> => {
  const segments = path.split('/')
  return Object.fromEntries(
    template.split('/').flatMap((part, n) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      return name === undefined ? [] : [[name, decodeURIComponent(segments[n] ?? '')]]
    }),
  )
}

/** The calls that take a proof of who asks as a parameter, by its name there and in the head of a request. */
const PROOFS: readonly (readonly [param: string, header: string, calls: RegExp])[] = [
  [
    'xSessionToken',
    'x-session-token',
    /^(toSession|listMySessions|disableMy\w+|createNative(Login|Settings)Flow|getSettingsFlow|update(Login|Settings)Flow)$/,
  ],
  [
    'cookie',
    'cookie',
    /^(toSession|listMySessions|disableMy\w+|createBrowser(Login|Logout|Settings)Flow|get\w+Flow|update\w+Flow)$/,
  ],
]

interface Proof {
  readonly params: Readonly<Record<string, string>>
  /** What the call has no parameter for. */
  readonly headers: Readonly<Record<string, string>>
}

const proofOf = (id: OperationId, request: Request): Proof => {
  const { authorization: _, ...headers } = proofsOf(request)
  const params: Record<string, string> = {}
  for (const [param, header, calls] of PROOFS) {
    const value = headers[header]
    if (value === undefined || !calls.test(id)) continue
    params[param] = value
    delete headers[header]
  }
  return { params, headers }
}

/** What the client is made with; with `accept`, where something else than its own was asked for. */
const configurationOf = (request: Request, target: Target, proofs: Proof['headers']): object => {
  const { accept = '*/*' } = request.headers
  const isToAdmin = request.path.startsWith('/admin/')
  const headers = { ...(accept === '*/*' || isToAdmin ? {} : { accept }), ...proofs }
  return {
    basePath: serverOf(request, target),
    ...(target.token === '' || !isToAdmin ? {} : { accessToken: target.token }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  }
}

/**
 * A request as a program that makes it with `@ory/client-fetch`; undefined for one that the client has no call for,
 * or whose body is no JSON.
 */
export const sdkOf = (operation: OperationId | null, request: Request, target: Target): string | undefined => {
  const known = operations.find(({ id }) => id === operation)
  const client = CLIENTS.find(([path]) => known?.path.startsWith(path))
  if (known === undefined || client === undefined || typeof request.body === 'string') return undefined
  const [, type, name] = client
  const body = bodyOf(known)
  const proof = type === 'FrontendApi' ? proofOf(known.id, request) : { params: {}, headers: {} }
  const params = {
    ...inPath(known.path, request.path),
    ...Object.fromEntries(Object.entries(request.query).map(([key, value]) => [camel(key), valueOf(key, value)])),
    ...proof.params,
    ...(body === '' || request.body === null ? {} : { [body]: request.body }),
  }
  return `import { Configuration, ${type} } from '@ory/client-fetch'

const ${name} = new ${type}(new Configuration(${literal(configurationOf(request, target, proof.headers))}))
console.log(await ${name}.${known.id}(${Object.keys(params).length === 0 ? '' : literal(params)}))
`
}

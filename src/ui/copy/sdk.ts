import { operations, type Operation, type OperationId } from '../../model/operations.ts'
import { literal } from './source.ts'
import type { Request, Target } from './request.ts'

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

/** What proves who asks, which the journal does not show: it is left for the reader to fill in. */
const proofOf = ({ headers }: Request): Record<string, string> => ({
  ...(headers['x-session-token'] === undefined ? {} : { xSessionToken: 'YOUR_SESSION' }),
  ...(headers['cookie'] === undefined ? {} : { cookie: 'YOUR_SESSION' }),
})

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
  const params = {
    ...inPath(known.path, request.path),
    ...Object.fromEntries(Object.entries(request.query).map(([key, value]) => [camel(key), valueOf(key, value)])),
    ...(type === 'FrontendApi' ? proofOf(request) : {}),
    ...(body === '' || request.body === null ? {} : { [body]: request.body }),
  }
  const configuration = { basePath: target.url, ...(target.token === '' ? {} : { accessToken: target.token }) }
  return `import { Configuration, ${type} } from '@ory/client-fetch'

const ${name} = new ${type}(new Configuration(${literal(configuration)}))
console.log(await ${name}.${known.id}(${Object.keys(params).length === 0 ? '' : literal(params)}))
`
}

import { operations, type OperationId } from '../../model/operations.ts'
import { literal } from './source.ts'
import type { Request, Target } from './request.ts'

/** What an operation takes as its body, by the name of the parameter in `@ory/client-fetch`. */
const BODIES: Readonly<Partial<Record<OperationId, string>>> = {
  createIdentity: 'createIdentityBody',
  updateIdentity: 'updateIdentityBody',
  patchIdentity: 'jsonPatch',
  batchPatchIdentities: 'patchIdentitiesBody',
  createRecoveryCodeForIdentity: 'createRecoveryCodeForIdentityBody',
  createRecoveryLinkForIdentity: 'createRecoveryLinkForIdentityBody',
}

/** Parameters whose values are no texts. */
const NUMBERS = ['page', 'page_size', 'per_page']
const LISTS = ['ids', 'expand', 'include_credential']

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const valueOf = (name: string, value: string | readonly string[]): unknown => {
  if (LISTS.includes(name)) return [value].flat()
  const one = [value].flat()[0]!
  if (NUMBERS.includes(name)) return Number(one)
  return name === 'active' ? one === 'true' : one
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

/** The class of the client that has an operation, and the name that its object gets. */
const clientOf = (id: OperationId): readonly [client: string, name: string] => {
  if (['toSession', 'listMySessions', 'disableMyOtherSessions', 'disableMySession'].includes(id))
    return ['FrontendApi', 'frontend']
  if (['isAlive', 'isReady', 'getVersion'].includes(id)) return ['MetadataApi', 'metadata']
  return ['IdentityApi', 'identities']
}

/** A request as a program that makes it with `@ory/client-fetch`; undefined for one that no operation serves. */
export const sdkOf = (operation: OperationId | null, request: Request, target: Target): string | undefined => {
  const known = operations.find(({ id }) => id === operation)
  if (known === undefined) return undefined
  const [client, name] = clientOf(known.id)
  const body = BODIES[known.id]
  const params = {
    ...inPath(known.path, request.path),
    ...Object.fromEntries(Object.entries(request.query).map(([key, value]) => [camel(key), valueOf(key, value)])),
    ...(request.headers['x-session-token'] === undefined ? {} : { xSessionToken: 'YOUR_SESSION' }),
    ...(body === undefined || request.body === null ? {} : { [body]: request.body }),
  }
  const configuration = { basePath: target.url, ...(target.token === '' ? {} : { accessToken: target.token }) }
  return `import { Configuration, ${client} } from '@ory/client-fetch'

const ${name} = new ${client}(new Configuration(${literal(configuration)}))
console.log(await ${name}.${known.id}(${Object.keys(params).length === 0 ? '' : literal(params)}))
`
}

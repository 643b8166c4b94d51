import { bytesOf, quote } from '../../go/bytes.ts'
import { decodeGo, goRaw, goSlice, goStruct, goText } from '../../go/json-decode.ts'
import { parseWhole, type JsonNode } from '../../go/json-parse.ts'
import { KratosError } from '../../model/errors.ts'
import { goJson } from '../../model/json.ts'

/** The regions of Ory Network, and what groups them (oryx/region/region.go). */
export const REGIONS = ['eu-central', 'asia-northeast', 'us-east', 'us-west', 'eu', 'asia', 'us', 'global'] as const

export type Region = (typeof REGIONS)[number]

/** A region that a body names, null where it names none. @throws KratosError 400 for one that there is not. */
export const regionOf = (named: string | undefined): string | null => {
  if (named === undefined || named === '') return null
  if (!REGIONS.some((known) => known === named))
    throw new KratosError(400, { reason: 'the provided region is not a valid Ory region' })
  return named
}

const operation = goStruct('identity.patchOp', { op: goText(), path: goText(), from: goText(), value: goRaw })
const operations = goSlice(operation)

type Operation = ReturnType<typeof operation.zero>

const REGION = '/region'

/** What Go leaves of an operation that it read and writes again. */
const rewritten = ({ op, path, from, value }: Operation): string =>
  `{"op":${goJson(op)},"path":${goJson(path)}` +
  (from === '' ? '' : `,"from":${goJson(from)}`) +
  (value === null ? '}' : `,"value":${value}}`)

const named = ({ op, value }: Operation): string => {
  if (op !== 'add' && op !== 'replace') {
    throw new KratosError(400, { reason: `operation ${quote(bytesOf(op))} is not supported on /region` })
  }
  const node = value === null ? undefined : parseWhole(value)
  if (node?.kind !== 'string' && node?.kind !== 'null') throw new KratosError(400, { reason: 'failed to unmarshal' })
  // Even an empty region is none here.
  return regionOf((node.kind === 'string' ? node.text : '') || ' ')!
}

/**
 * Takes the operations on `/region` out of a JSON Patch (identity/handler.go applyRegionPatchOps).
 * @returns what is left of the patch, and the region that it names last.
 * @throws GoJsonError for what is no patch, KratosError 400 for an operation or a region that there is not.
 */
export const withoutRegion = (patch: JsonNode): { readonly rest: JsonNode; readonly region: string | undefined } => {
  const all = decodeGo(operations, patch) ?? []
  const regions = all.filter(({ path }) => path === REGION).map(named)
  const others = all.filter(({ path }) => path !== REGION)
  return { rest: parseWhole(`[${others.map(rewritten).join(',')}]`), region: regions.at(-1) }
}

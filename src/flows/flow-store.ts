import { textOf } from '../go/bytes.ts'
import { KratosError, notLocated } from '../model/errors.ts'
import type { Flow, FlowKind, UiText } from '../model/flow.ts'
import { goJson } from '../model/json.ts'
import { formatTime, parseTime, type Micros } from '../model/time.ts'
import { parseBool } from '../go/number.ts'
import { parseUuid, uuidOf } from '../go/uuid.ts'
import { returnToOf } from './return-to.ts'
import { askedSchema } from './schema-of.ts'
import { minutes } from './texts.ts'
import type { World } from '../world/world.ts'
import { withParams, type Visit } from './visit.ts'

export type FlowType = Flow['type']

/** A flow, or a code of it, is over since a time. */
export class FlowExpired extends Error {
  override readonly name = 'FlowExpired'
  readonly at: Micros

  constructor(at: Micros) {
    super('self-service flow expired')
    this.at = at
  }
}

/** Where a flow is submitted. */
export const actionOf = (visit: Visit, kind: FlowKind, id: string): string =>
  `${visit.publicUrl}/self-service/${kind}?flow=${id}`

/** The page of the application that shows a flow. */
export const pageOf = (visit: Visit, flow: Pick<Flow, 'kind' | 'id'>): string =>
  withParams(visit.config[flow.kind].uiUrl, { flow: flow.id })

/** A flow that begins now. @throws KratosError 400 for a `return_to` that is not allowed. */
export const newFlow = (visit: Visit, kind: FlowKind, type: FlowType, parts: Partial<Flow> = {}): Flow => {
  const { world, now, config } = visit
  const request_url = parts.request_url ?? visit.url
  const return_to = returnToOf(visit, request_url)
  const id = world.random.uuid()
  const expires = now + config[kind].lifespan
  const at = formatTime(now)
  return {
    id,
    kind,
    type,
    expires,
    expires_at: formatTime(expires),
    issued_at: at,
    request_url,
    return_to,
    active: '',
    ui: { action: actionOf(visit, kind, id), method: 'POST', nodes: null, messages: [] },
    state: kind === 'settings' ? 'show_form' : 'choose_method',
    csrf: visit.csrfToken(),
    created_at: at,
    updated_at: at,
    refresh: false,
    requested_aal: 'aal1',
    organization_id: null,
    exchange_code: '',
    identity_schema: '',
    identity_id: null,
    codes: [],
    tries: 0,
    skip_csrf: false,
    paused: {},
    steps: null,
    ...parts,
  }
}

/** What the query of a login or a registration asks for. @throws KratosError 400 for a schema that it must not. */
export const askedOf = (
  visit: Visit,
  type: FlowType,
): Pick<Flow, 'organization_id' | 'exchange_code' | 'identity_schema'> => {
  const { request, world, caller } = visit
  const isExchanged = type === 'api' && parseBool(request.query.get('return_session_token_exchange_code'))
  return {
    organization_id: uuidOf(textOf(request.query.get('organization'))) ?? null,
    exchange_code: isExchanged && caller === undefined ? world.random.alphanumeric(64) : '',
    identity_schema: askedSchema(visit),
  }
}

/** A flow as it is read back: in the database's words, and without its code, which no column holds. */
const asStored = ({ database }: World, shown: Flow): Flow => {
  const flow = { ...shown, exchange_code: '' }
  if (database === undefined) return flow
  const read = (text: UiText): UiText =>
    text.context === undefined ? text : { ...text, context: JSON.parse(database.json(goJson(text.context))) }
  const nodes = flow.ui.nodes?.map((node) => ({
    ...node,
    messages: node.messages.map(read),
    label: node.label && read(node.label),
  }))
  const ui = { ...flow.ui, messages: flow.ui.messages.map(read), nodes: nodes ?? null }
  const { micros: expires, text: expires_at } = parseTime(database.time(flow.expires_at))!
  const issued_at = database.time(flow.issued_at)
  const created_at = database.time(flow.created_at)
  return { ...flow, ui, expires, expires_at, issued_at, created_at, updated_at: database.time(flow.updated_at) }
}

/** Stores a flow as it is now. @returns it as it is read back. */
export const saveFlow = ({ world }: Visit, flow: Flow): Flow => {
  const kept = structuredClone(asStored(world, flow))
  world.store.write((draft) => draft.putFlow(kept))
  return kept
}

const find = ({ world }: Visit, kind: FlowKind, spelled: string): Flow | undefined => {
  const id = parseUuid(spelled)
  const flow = typeof id === 'string' ? world.store.tables.flows.get({ id }) : undefined
  return flow?.kind === kind ? structuredClone(flow) : undefined
}

/** A copy of a stored flow to work on. @throws KratosError 404. */
export const loadFlow = (visit: Visit, kind: FlowKind, spelled: string): Flow => {
  const flow = find(visit, kind, spelled)
  if (flow === undefined) throw notLocated()
  return flow
}

/** The flow that a submission names. @throws KratosError 400 when it names none. */
export const submittedFlow = (visit: Visit, kind: FlowKind): Flow => {
  const spelled = visit.request.query.get('flow')
  if (typeof parseUuid(spelled) !== 'string')
    throw new KratosError(400, { reason: 'The flow query parameter is missing or malformed.' })
  const flow = find(visit, kind, spelled)
  if (flow !== undefined) return flow
  if (kind === 'login' || kind === 'registration') throw notLocated()
  throw new KratosError(404, { reason: `The ${kind} request could not be found. Please restart the flow.` })
}

/**
 * The recovery that an address is for, which a form may name in its body, beside that of the query. @throws KratosError
 * 404, FlowExpired
 */
export const namedRecovery = (visit: Visit, flow: Flow, named: string): Flow => {
  const other = loadFlow(visit, 'recovery', named)
  checkTime(visit, other)
  return other.id === flow.id ? flow : other
}

/** Stores it, where it is another one: the one that was submitted then stays as it was. */
export const keepNamed = (visit: Visit, named: Flow, flow: Flow, given: Flow): void => {
  if (named === flow) return
  saveFlow(visit, named)
  Object.assign(flow, given)
}

/** What somebody is told who asks for a flow that is over (`flows?id=`). */
export const goneError = (visit: Visit, { kind, type, return_to, expires }: Flow): KratosError => {
  const path = `${visit.publicUrl}/self-service/${kind}`
  if (kind === 'recovery' && type === 'api')
    return new KratosError(410, {
      ...expiredError(expires, visit.now, '').parts,
      beside: {},
      details: { api: `${path}/api` },
    })
  const to =
    type === 'api' ? `Call the ${kind} flow init API endpoint` : `Redirect the user to the ${kind} flow init endpoint`
  const redirect_to = `${path}/browser${return_to === '' ? '' : `?return_to=${encodeURIComponent(return_to)}`}`
  return new KratosError(410, {
    ...(kind === 'login' || kind === 'registration' ? { id: 'self_service_flow_expired' } : {}),
    message: 'The requested resource is no longer available because it has expired or is otherwise invalid.',
    reason: `The ${kind} flow has expired. ${to} to initialize a new ${kind} flow.`,
    details: type === 'api' ? { api: `${path}/api` } : { redirect_to, return_to },
  })
}

/** @throws FlowExpired when a flow is over. */
export const checkTime = ({ now }: Visit, { expires }: Pick<Flow, 'expires'>): void => {
  if (expires < now) throw new FlowExpired(expires)
}

/** A submission came too late: there is another flow to go on with (selfservice/flow/error.go). */
export const expiredError = (expires: Micros, now: Micros, useFlowId: string): KratosError =>
  new KratosError(410, {
    id: 'self_service_flow_expired',
    message: 'self-service flow expired',
    reason: `The self-service flow expired ${minutes(now - expires)} minutes ago, initialize a new one.`,
    beside: { expired_at: formatTime(expires), since: (now - expires) * 1000, use_flow_id: useFlowId },
  })

/** A flow cannot go on, but another one can. */
export const replacedError = (useFlowId: string, reason: string): KratosError =>
  new KratosError(410, {
    id: 'self_service_flow_replaced',
    message: 'self-service flow replaced',
    reason,
    beside: { use_flow_id: useFlowId },
  })

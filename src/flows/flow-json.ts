import type { Flow, Ui, UiNode } from '../model/flow.ts'
import type { JsonText } from '../model/identity.ts'
import { goJson } from '../model/json.ts'
import type { World } from '../world/world.ts'
import { pageOf } from './flow-store.ts'
import { json, seeOther, type FlowReply } from './reply.ts'
import type { Visit } from './visit.ts'

/** What an answer shows of a flow beside the flow itself. */
export interface FlowExtras {
  readonly transient_payload?: JsonText | undefined
  readonly continue_with?: readonly object[] | undefined
  /** The identity of a settings flow, as JSON. */
  readonly identity?: JsonText | undefined
}

const nodeJson = ({ type, group, attributes, messages, label }: UiNode): object => {
  const { name, type: kind, required, autocomplete, pattern, disabled = false, maxlength, href, title, id } = attributes
  const value = attributes.value ?? undefined
  const own =
    type === 'a'
      ? { href, title, id }
      : { name, type: kind, value, required, autocomplete, pattern, disabled, maxlength }
  return { type, group, attributes: { ...own, node_type: type }, messages, meta: label === undefined ? {} : { label } }
}

const uiJson = (world: World, { action, method, nodes, messages }: Ui): string =>
  goJson({
    action,
    method,
    nodes: nodes?.map(nodeJson) ?? (world.profile.has.nullForAbsent ? null : []),
    ...(messages.length === 0 ? {} : { messages }),
  })

const member = (name: string, value: JsonText | undefined): string => (value === undefined ? '' : `,"${name}":${value}`)
const text = (name: string, value: string): string => (value === '' ? '' : `,"${name}":${goJson(value)}`)

/** A flow as Go's encoder writes it: each kind's fields in the order of its struct (selfservice/flow/…/flow.go). */
export const flowJson = (world: World, flow: Flow, extras: FlowExtras = {}): JsonText => {
  const { kind } = flow
  const organization = `,"organization_id":${goJson(flow.organization_id)}`
  const transient = member('transient_payload', extras.transient_payload)
  const state = `,"state":"${flow.state}"`
  const goesOn = member('continue_with', extras.continue_with && goJson(extras.continue_with))
  const head =
    `{"id":"${flow.id}"` +
    (kind === 'login' ? organization : '') +
    `,"type":"${flow.type}","expires_at":"${flow.expires_at}","issued_at":"${flow.issued_at}"` +
    `,"request_url":${goJson(flow.request_url)}` +
    text('return_to', flow.return_to) +
    text('active', flow.active) +
    `,"ui":${uiJson(world, flow.ui)}`
  const exchange = text('session_token_exchange_code', flow.exchange_code)
  const schema = text('identity_schema', flow.identity_schema)
  switch (kind) {
    case 'login':
      return (
        head +
        `,"created_at":"${flow.created_at}","updated_at":"${flow.updated_at}","refresh":${flow.refresh}` +
        `,"requested_aal":"${flow.requested_aal}"${exchange}${state}${transient}${schema}}`
      )
    case 'registration':
      return `${head}${organization}${transient}${exchange}${state}${schema}}`
    case 'recovery':
      return `${head}${state}${goesOn}${transient}}`
    case 'verification':
      return `${head}${state}${transient}}`
    case 'settings':
      return (
        `${head}${member('identity', extras.identity)}${state}` +
        `${world.profile.knows('next') ? organization : ''}${goesOn}${transient}}`
      )
  }
}

/** Answers with a form, or sends a browser to its page. */
export const shown = (visit: Visit, flow: Flow, status: number, extras?: FlowExtras): FlowReply =>
  flow.type === 'browser' && !visit.isJson
    ? seeOther(pageOf(visit, flow))
    : json(flowJson(visit.world, flow, extras), status)

import type { Flow } from '../model/flow.ts'
import type { Caller } from '../api/sessions/caller.ts'
import { newFlow, saveFlow, type FlowType } from './flow-store.ts'
import { passwordSettings } from './methods/password.ts'
import { profileSettings } from './methods/profile.ts'
import type { SettingsMethod } from './methods/method.ts'
import { settingsOrder } from './node-orders.ts'
import { sortNodes } from './nodes.ts'
import type { Visit } from './visit.ts'

/** In the order in which Kratos asks them. */
export const settingsMethods: readonly SettingsMethod[] = [profileSettings, passwordSettings]

/** A settings flow of somebody who is signed in, or has just been. */
export const newSettings = (visit: Visit, caller: Caller, type: FlowType, parts: Partial<Flow> = {}): Flow => {
  visit.becomes(caller)
  const flow = newFlow(visit, 'settings', type, { identity_id: caller.identity.id, ...parts })
  for (const method of settingsMethods)
    if (method.name === 'profile' || visit.config.password.enabled) method.offer(visit, flow)
  sortNodes(flow.ui, settingsOrder(visit))
  saveFlow(visit, flow)
  return flow
}

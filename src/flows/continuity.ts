import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { saveFlow } from './flow-store.ts'
import { NeedsLogin } from './privileged.ts'
import { Submission } from './submission.ts'
import type { Visit } from './visit.ts'

/** How long a submission waits for a login. */
const LIFESPAN = 15 * 60e6

/** Keeps what a browser submitted while somebody signs in once more, where that is the problem (continuity/manager.go Pause). */
export const pauseFor = (problem: unknown, visit: Visit, flow: Flow, method: string, form: Submission): void => {
  if (!(problem instanceof NeedsLogin)) return
  const expires = Math.floor((visit.now + LIFESPAN) / 1e6) * 1e6
  const waiting = { identity_id: visit.caller!.identity.id, expires, fields: [...form.fields] }
  const stored = visit.world.store.tables.flows.get(flow)!
  saveFlow(visit, { ...stored, paused: { ...stored.paused, [method]: waiting } })
  visit.continuity.keep(method, flow.id, visit.now)
}

/**
 * What a browser submitted before somebody had to sign in once more, if that is what it comes back for
 * (selfservice/flow/settings/strategy_helper.go PrepareUpdate).
 * @throws KratosError 403 when somebody else signed in.
 */
export const resumed = (visit: Visit, flow: Flow, method: string): Submission | undefined => {
  if (flow.type === 'api' || visit.isJson) return undefined
  const id = visit.continuity.get(method)
  if (id === undefined) return undefined
  const waiting = visit.world.store.tables.flows.get({ id })?.paused[method]
  const isGood = waiting !== undefined && waiting.expires >= visit.now
  if (isGood && waiting.identity_id !== visit.caller!.identity.id)
    throw new KratosError(403, {
      reason: 'The flow has been blocked for security reasons because it was initiated by another person..',
    })
  visit.continuity.forget(method, visit.now)
  return isGood && id === flow.id ? Submission.of(waiting.fields) : undefined
}

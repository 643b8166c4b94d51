import { KratosError } from '../model/errors.ts'
import type { Flow, PausedSubmission } from '../model/flow.ts'
import { saveFlow } from './flow-store.ts'
import { NeedsLogin } from './privileged.ts'
import { Submission } from './submission.ts'
import type { Visit } from './visit.ts'

/** How long a submission waits for a login. */
const LIFESPAN = 15 * 60e6

/** Writes down what waits by a method in a flow, which may be gone by now, or that nothing does. */
const putPaused = (visit: Visit, { id }: Pick<Flow, 'id'>, method: string, waiting?: PausedSubmission): void => {
  const stored = visit.world.store.tables.flows.get({ id })
  if (stored === undefined) return
  const { [method]: _, ...others } = stored.paused
  saveFlow(visit, { ...stored, paused: waiting === undefined ? others : { ...others, [method]: waiting } })
}

/** Keeps what a browser submitted while somebody signs in once more, where that is the problem (continuity/manager.go Pause). */
export const pauseFor = (problem: unknown, visit: Visit, flow: Flow, method: string, form: Submission): void => {
  if (!(problem instanceof NeedsLogin)) return
  const expires = Math.floor((visit.now + LIFESPAN) / 1e6) * 1e6
  const waiting = { identity_id: visit.caller!.identity.id, expires, fields: [...form.fields] }
  putPaused(visit, flow, method, waiting)
  visit.continuity.keep(method, flow.id, visit.now)
}

/** Forgets what waits for a login, as it does once other settings begin. */
export const abandon = (visit: Visit, method: string): void => {
  const id = visit.continuity.get(method)
  if (id === undefined) return
  visit.continuity.forget(method, visit.now)
  putPaused(visit, { id }, method)
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
  abandon(visit, method)
  flow.paused = visit.world.store.tables.flows.get(flow)?.paused ?? {}
  return isGood && id === flow.id ? Submission.of(waiting.fields) : undefined
}

import { KratosError } from '../model/errors.ts'
import type { Flow } from '../model/flow.ts'
import { flowJson, shown } from './flow-json.ts'
import {
  checkTime,
  expiredError,
  FlowExpired,
  goneError,
  loadFlow,
  pageOf,
  saveFlow,
  submittedFlow,
  type FlowType,
} from './flow-store.ts'
import { asked, offered, type Kind } from './kind.ts'
import type { Method } from './methods/method.ts'
import { refuseOff } from './methods/off.ts'
import { addMessage, resetMessages, sortNodes } from './nodes.ts'
import { FlowReplaced, FormProblem, NotResponsible, PlainError, showProblem } from './problems.ts'
import { json, refused, seeOther, type FlowReply } from './reply.ts'
import { Submission } from './submission.ts'
import { flowExpired, noStrategy } from './texts.ts'
import type { Visit } from './visit.ts'

/** The way that all kinds of flows go. */
export class Walk<R, M extends Method<R, M>> {
  readonly #kind: Kind<R, M>

  constructor(kind: Kind<R, M>) {
    this.#kind = kind
  }

  /** `GET /self-service/{kind}/api` and `…/browser`. */
  begin(visit: Visit, type: FlowType): FlowReply {
    const kind = this.#kind
    try {
      const before = kind.before?.(visit, type)
      if (before !== undefined) return before
      const flow = kind.begin(visit, type)
      saveFlow(visit, flow)
      return shown(visit, flow, 200, kind.extras?.(visit))
    } catch (error) {
      if (!(error instanceof KratosError)) throw error
      return type === 'browser' && kind.notBegun ? kind.notBegun(visit, error) : visit.forward(error, type)
    }
  }

  /** `GET /self-service/{kind}/flows?id=`: a flow as somebody sees it who may, as long as it lasts. @throws KratosError */
  show(visit: Visit): FlowReply {
    const kind = this.#kind
    const before = kind.before?.(visit, 'get')
    if (before !== undefined) return before
    const flow = loadFlow(visit, kind.name, visit.request.query.get('id'))
    const unfit = kind.unfit ? kind.unfit(visit, flow, 'get') : foreign(visit, flow)
    if (unfit !== undefined) throw unfit
    if (flow.expires < visit.now) throw goneError(visit, flow)
    return json(flowJson(visit.world, flow, kind.extras?.(visit)))
  }

  /** `POST /self-service/{kind}?flow=`, and `GET` for links. @throws KratosError */
  async submit(visit: Visit): Promise<FlowReply> {
    const kind = this.#kind
    const before = kind.before?.(visit, 'submit')
    if (before !== undefined) return before
    let flow: Flow
    try {
      flow = submittedFlow(visit, kind.name)
    } catch (error) {
      if (error instanceof KratosError) return visit.forward(error)
      throw error
    }
    const unfit = kind.unfit?.(visit, flow, 'submit')
    if (unfit !== undefined) return visit.forward(unfit, flow.type)
    try {
      return kind.admit?.(visit, flow) ?? (await this.#take(visit, flow))
    } catch (problem) {
      // A recovery that is no code's is a link's to read.
      const isLink = kind.name === 'recovery' && flow.active !== 'code'
      return this.#failed(visit, flow, problem, isLink ? 'link' : flow.active || 'default')
    }
  }

  /** Each method is asked in turn, as Kratos asks them. @throws FormProblem, FlowExpired, KratosError */
  async #take(visit: Visit, flow: Flow): Promise<FlowReply> {
    const kind = this.#kind
    checkTime(visit, flow)
    // Whoever is not asked reads nothing, and finds nothing wrong in what was sent.
    if (kind.name === 'verification' && !['', 'code', 'link'].includes(flow.active)) return this.#unclaimed(visit, flow)
    const sent = await Submission.read(visit.request).catch((problem: unknown) => {
      kind.unread?.(visit, flow)
      throw problem
    })
    const form = kind.byLetter ? sent.withQuery(visit.request.query) : sent
    const submitted = { visit, flow, given: structuredClone(flow), form, methods: offered(kind.methods, visit) }
    for (const method of asked(kind.methods, visit)) {
      try {
        // oxlint-disable-next-line no-await-in-loop
        const result = await method.submit(submitted)
        return isReply(result) ? result : whole(visit, () => kind.finish(submitted, result, method))
      } catch (problem) {
        if (!(problem instanceof NotResponsible)) return this.#failed(visit, flow, problem, method.name)
      }
    }
    refuseOff(visit, flow, form)
    kind.unclaimed?.(submitted)
    return this.#unclaimed(visit, flow)
  }

  #unclaimed(visit: Visit, flow: Flow): FlowReply {
    return this.#failed(visit, flow, new FormProblem({ message: noStrategy[flow.kind] }), 'default')
  }

  /** Answers a submission that went wrong: with the form and what is wrong in it, another flow, or an error. */
  #failed(visit: Visit, flow: Flow, problem: unknown, active: string): FlowReply {
    const kind = this.#kind
    if (problem instanceof FlowExpired) return this.#expired(visit, flow, problem)
    if (problem instanceof PlainError) return this.#broken(visit, flow, problem)
    if (problem instanceof FlowReplaced) return this.#replaced(visit, flow, problem)
    if (kind.keepsMessages !== true) resetMessages(flow.ui)
    if (!showProblem(flow.ui, problem)) {
      if (problem instanceof KratosError) return visit.forward(problem, flow.type)
      throw problem
    }
    if (kind.byLetter) flow.active = active
    if (kind.order !== undefined) sortNodes(flow.ui, kind.order(visit, flow))
    // It is read back before it is shown.
    const reply = shown(visit, saveFlow(visit, flow), 400, kind.extras?.(visit))
    return reply.kind === 'redirect' ? { ...reply, status: kind.redirectOfFlaws ?? reply.status } : reply
  }

  /** Some answers tell 400 of what their body calls 500 (selfservice/flow/…/error.go forward). */
  #broken(visit: Visit, { kind, type }: Flow, { message }: PlainError): FlowReply {
    const isForward = type === 'browser' && (!visit.isJson || kind === 'login' || kind === 'registration')
    return visit.forward(new KratosError(500, { message, ...(isForward ? {} : { http: 400 }) }), type)
  }

  /** Begins another flow in place of one that is over, which says since when. */
  #expired(visit: Visit, flow: Flow, { at }: FlowExpired): FlowReply {
    const kind = this.#kind
    let again: Flow
    try {
      again = kind.again(visit, flow)
    } catch (problem) {
      return this.#failed(visit, flow, problem, 'default')
    }
    addMessage(again.ui, flowExpired(kind.name, at, visit.now))
    again.request_url = flow.request_url
    again.return_to = flow.return_to
    saveFlow(visit, again)
    if (!visit.isJson && again.type === 'browser') return seeOther(pageOf(visit, again))
    if (!kind.byLetter) return refused(expiredError(at, visit.now, again.id))
    return this.#toFlow(visit, again)
  }

  /** Begins another flow in place of one that cannot go on, which says why. */
  #replaced(visit: Visit, flow: Flow, { why, parts }: FlowReplaced): FlowReply {
    const { by, told } = parts
    const type: FlowType = parts.type ?? flow.type
    visit.renewCsrf()
    const again = this.#kind.begin(visit, type, by)
    addMessage(again.ui, why)
    saveFlow(visit, again)
    if (by === 'link' ? type === 'browser' : !visit.isJson) return seeOther(pageOf(visit, again))
    return told === undefined ? this.#toFlow(visit, again) : refused(told(again.id))
  }

  #toFlow({ publicUrl }: Visit, { kind, id }: Flow): FlowReply {
    return seeOther(`${publicUrl}/self-service/${kind}/flows?id=${id}`)
  }
}

/**
 * Finishes a flow; in `documented`, what it wrote is taken back where something goes wrong. Kratos keeps what it had
 * stored by then, such as the identity of a registration whose verification cannot begin, and so do its profiles.
 */
const whole = ({ world: { profile, store } }: Visit, finish: () => FlowReply): FlowReply => {
  const before = store.tables
  try {
    return finish()
  } catch (problem) {
    if (!profile.hasDatabase) store.tables = before
    throw problem
  }
}

const isReply = (result: unknown): result is FlowReply =>
  typeof result === 'object' && result !== null && 'kind' in result

/** Why a browser must not see a flow: it is another one's. */
const foreign = (visit: Visit, flow: Flow): KratosError | undefined =>
  flow.skip_csrf || visit.owns(flow) ? undefined : visit.csrfError()

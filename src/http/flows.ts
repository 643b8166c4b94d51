import { plantRecovery } from '../flows/recovery.ts'
import { flowOperations } from '../flows/serve.ts'
import type { FlowReply } from '../flows/reply.ts'
import { Visit } from '../flows/visit.ts'
import { KratosError } from '../model/errors.ts'
import type { Answer } from '../model/answer.ts'
import { bodyOf, TOO_LARGE } from '../api/body.ts'
import type { Plant } from '../api/recovery/recovery.ts'
import { callerToken } from '../api/sessions/caller-token.ts'
import { isIgnored } from './csrf.ts'
import { csrfCookieName } from './csrf-cookie.ts'
import { errorAnswer } from '../api/errors.ts'
import type { Exchange } from '../api/exchange.ts'
import { jsonAnswer } from '../api/json.ts'
import { redirect } from './redirects.ts'

const answerOf = (exchange: Exchange, reply: FlowReply): Answer => {
  switch (reply.kind) {
    case 'json':
      return jsonAnswer(reply.body, [], reply.status)
    case 'redirect':
      return redirect(exchange, reply.status, reply.location)
    case 'empty':
      return { status: 204, headers: [], body: '' }
    case 'error':
      return errorAnswer(reply.error, exchange)
  }
}

/** A visit of whoever made the request. */
export const visitOf = async (exchange: Exchange): Promise<Visit> => {
  const { world, target, method } = exchange
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const tooLarge = (): KratosError => new KratosError(400, { reason: `Unable to read HTTP POST body: ${TOO_LARGE}` })
  const body = hasBody ? await bodyOf(exchange, tooLarge) : new Uint8Array()
  const request = {
    method,
    target: target.query === '' ? target.path : `${target.path}?${target.query}`,
    query: exchange.query,
    header: (name: string) => exchange.header(name),
    token: callerToken(exchange),
    body,
    keepsCsrfCookie: isIgnored(world.profile, target.path),
  }
  return new Visit(world, request, await csrfCookieName(world.origins.public))
}

/** Answers an operation of the self-service flows, with the cookies that it sets. */
export const answerFlow = async (exchange: Exchange): Promise<Answer> => {
  const visit = await visitOf(exchange)
  let answer: Answer
  try {
    answer = answerOf(exchange, await flowOperations[exchange.operation!.id]!(visit))
  } catch (error) {
    if (!(error instanceof KratosError)) throw error
    answer = errorAnswer(error, exchange)
  }
  if (visit.about !== undefined) exchange.isAbout(visit.about)
  const cookies = visit.cookies.flatMap((cookie) => ['Set-Cookie', cookie])
  return { ...answer, headers: [...answer.headers, ...cookies] }
}

/** Stores the flow that an administrator's recovery code or link is for. */
export const plantFlow: Plant = async ({ world, query, shown, target }, planted) => {
  const nobody = {
    method: 'POST',
    target: target.query === '' ? shown : `${shown}?${target.query}`,
    query,
    header: () => undefined,
    token: undefined,
    body: new Uint8Array(),
    keepsCsrfCookie: false,
  }
  plantRecovery(new Visit(world, nobody, await csrfCookieName(world.origins.public)), planted)
}

import { listMail } from '../../control/mail.ts'
import { listPeople, nextExpiry, personJson, sessionsOfPerson } from '../../control/people.ts'
import { projectCard } from '../../control/project-card.ts'
import { rowsOfList } from '../../control/rows.ts'
import { jsonAnswer } from '../../api/json.ts'
import type { Exchange } from '../../api/exchange.ts'
import { clock, json, NO_STORE, type Handler } from './answers.ts'

const queryOf = ({ target }: Exchange): URLSearchParams => new URLSearchParams(target.query)

export const people: Handler = async ({ exchange }) => json(await listPeople(exchange.world, queryOf(exchange)))

export const person: Handler = ({ exchange, param }) => jsonAnswer(personJson(exchange.world, param), NO_STORE)

export const personSessions: Handler = ({ exchange, param }) =>
  json(sessionsOfPerson(exchange.world, param, queryOf(exchange)))

export const mail: Handler = ({ exchange }) => json(listMail(exchange.world, queryOf(exchange)))

export const rows: Handler = ({ exchange }) => json(rowsOfList(exchange.world, queryOf(exchange)))

export const project: Handler = ({ control }) => json(projectCard(control.project))

/** Sets the clock to the moment at which the next session expires. */
export const toNextExpiry: Handler = (call) => {
  const { world } = call.exchange
  world.clock.set(nextExpiry(world))
  return clock(call)
}

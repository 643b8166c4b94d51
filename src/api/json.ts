import { JSON_TYPE, type Answer } from '../model/answer.ts'
import { ALWAYS, type Validity } from '../model/time.ts'

/** A success with a JSON body that is already text; Go's encoder ends it with a line feed. */
export const jsonAnswer = (body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body: `${body}\n`,
})

/** An answer to a GET that stays true while the data is the same, and as long as the clock is in `fresh`: by default for ever. */
export const lasting = (answer: Answer, fresh: Validity = ALWAYS): Answer => ({ ...answer, fresh })

/** 204, with the content type that herodot leaves on some of them. */
export const noContent = (typed: boolean): Answer => ({
  status: 204,
  headers: typed ? { 'Content-Type': JSON_TYPE } : {},
  body: '',
})

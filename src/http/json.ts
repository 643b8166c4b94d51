import { JSON_TYPE, NO_CACHE, type Answer } from './answer.ts'
import type { Exchange } from './exchange.ts'

/** A success with a JSON body that is already text; Go's encoder ends it with a line feed. */
export const jsonAnswer = (
  exchange: Exchange,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer => ({
  status,
  headers: { ...(exchange.method === 'GET' ? { 'Cache-Control': NO_CACHE } : {}), 'Content-Type': JSON_TYPE, ...headers },
  body: `${body}\n`,
})

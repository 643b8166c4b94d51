import { isObject } from '../model/json.ts'
import type { Effect } from './effect.ts'
import { presetNames, presetOf } from './presets.ts'
import { HEADER_NAME } from './read-match.ts'
import { readMs, readSpan } from './read-when.ts'
import { bodies, effectEntries, errorEntries, rateLimitEntries } from './effect-entries.ts'
import { anything, into, readShape, shown, suggestion, word, type Report } from './shape.ts'

/** The mock says how long an answer is, and which fault it was. */
const FRAMING: readonly string[] = ['content-length', 'transfer-encoding', 'ory-mock-fault']

const readHeaders = (value: unknown, pointer: string, report: Report): Readonly<Record<string, string>> => {
  if (value === undefined) return {}
  if (!isObject(value)) {
    report(pointer, `must be an object of names and values, not ${shown(value)}`)
    return {}
  }
  const headers: Record<string, string> = {}
  for (const [name, given] of Object.entries(value)) {
    const at = into(pointer, name)
    if (!HEADER_NAME.test(name)) report(at, 'is no name of a header')
    else if (FRAMING.includes(name.toLowerCase())) report(at, 'is set by the mock; to cut a body short, use `body`')
    else if (typeof given !== 'string' && typeof given !== 'number') report(at, `must be a text, not ${shown(given)}`)
    else if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(String(given))) report(at, `cannot be sent in a header: ${shown(given)}`)
    else headers[name] = String(given)
  }
  return headers
}

const readStatus = (value: object, pointer: string, report: Report): Effect => {
  const { status = 500, error, headers } = readShape(effectEntries.status, value, pointer, report) ?? {}
  const texts = (error === undefined ? undefined : readShape(errorEntries, error, into(pointer, 'error'), report)) ?? {}
  const { details, ...rest } = texts
  if (details !== undefined && !isObject(details))
    report(into(into(pointer, 'error'), 'details'), `must be an object, not ${shown(details)}`)
  return {
    kind: 'status',
    status,
    error: { ...rest, ...(isObject(details) ? { details } : {}) },
    headers: readHeaders(headers, into(pointer, 'headers'), report),
  }
}

const readRateLimit = (value: object, pointer: string, report: Report): Effect | undefined => {
  const at = into(pointer, 'rateLimit')
  const { rateLimit } = readShape(effectEntries.rateLimit, value, pointer, report) ?? {}
  const read = readShape(rateLimitEntries, rateLimit, at, report)
  if (read === undefined) return undefined
  if (!isObject(rateLimit)) return undefined
  if (!('limit' in rateLimit)) report(at, 'lacks `limit`, how many requests pass in a window')
  if (!('window' in rateLimit)) report(at, 'lacks `window`, a time such as "1s"')
  const window = readSpan(read.window, 1, into(at, 'window'), report)
  return { kind: 'rateLimit', limit: read.limit ?? 0, window: window ?? 1 }
}

const readBody = (value: object & { body?: unknown }, pointer: string, report: Report): Effect | undefined => {
  const body = bodies.find((known) => known === value.body)
  switch (body) {
    case 'truncate':
    case 'reset': {
      const { at = 0.5 } = readShape(effectEntries.cutBody, value, pointer, report) ?? {}
      return { kind: 'cut', how: body === 'reset' ? 'reset' : 'close', at }
    }
    case 'malformed':
    case 'empty':
    case 'html': {
      const { status = 200, headers } = readShape(effectEntries.falseBody, value, pointer, report) ?? {}
      if (body !== 'empty' && (status === 204 || status === 304))
        report(into(pointer, 'status'), `an answer with ${status} has no body`)
      return { kind: 'body', how: body, status, headers: readHeaders(headers, into(pointer, 'headers'), report) }
    }
    case 'slow': {
      const { bytes = 1, every } = readShape(effectEntries.slowBody, value, pointer, report) ?? {}
      if (!('bytes' in value)) report(pointer, 'lacks `bytes`, how many come at a time')
      if (!('every' in value)) report(pointer, 'lacks `every`, in milliseconds')
      return { kind: 'slow', bytes, every: readMs(every, 1, into(pointer, 'every'), report) ?? 1 }
    }
    case undefined:
      readShape(
        { body: word(bodies), at: anything, bytes: anything, every: anything, status: anything, headers: anything },
        value,
        pointer,
        report,
      )
      return undefined
  }
}

const KINDS = ['status', 'rateLimit', 'connection', 'body', 'page', 'preset'] as const

/** The key that says what kind of effect it is: exactly one, but that a false body may come with a status. */
const kindOf = (value: object, pointer: string, report: Report): (typeof KINDS)[number] | undefined => {
  const kinds = KINDS.filter((kind) => kind in value)
  const [first, second] = kinds
  if (second === undefined) {
    if (first !== undefined) return first
    for (const key of Object.keys(value)) report(into(pointer, key), `is an unknown effect; ${suggestion(key, KINDS)}`)
    if (Object.keys(value).length === 0)
      report(pointer, `must have one of ${KINDS.map((kind) => `\`${kind}\``).join(', ')}`)
    return undefined
  }
  if (kinds.length === 2 && first === 'status' && second === 'body') return 'body'
  report(pointer, `has both \`${first}\` and \`${second}\`, of which an effect can have one`)
  return undefined
}

/** Reads an effect; undefined when it is wrong, which has been reported. */
export const readEffect = (value: unknown, pointer: string, report: Report): Effect | undefined => {
  if (!isObject(value)) {
    report(pointer, `must be an object, not ${shown(value)}`)
    return undefined
  }
  switch (kindOf(value, pointer, report)) {
    case 'status':
      return readStatus(value, pointer, report)
    case 'rateLimit':
      return readRateLimit(value, pointer, report)
    case 'body':
      return readBody(value, pointer, report)
    case 'connection': {
      const { connection } = readShape(effectEntries.connection, value, pointer, report) ?? {}
      return connection && { kind: 'connection', how: connection }
    }
    case 'page': {
      const { page } = readShape(effectEntries.page, value, pointer, report) ?? {}
      return page && { kind: 'page', how: page }
    }
    case 'preset': {
      readShape({ preset: anything }, value, pointer, report)
      return readPreset(value['preset'], into(pointer, 'preset'), report)
    }
    case undefined:
      return undefined
  }
}

export const readPreset = (value: unknown, pointer: string, report: Report): Effect | undefined => {
  const preset = typeof value === 'string' ? presetOf(value) : undefined
  if (preset === undefined) report(pointer, `${shown(value)} is no preset; ${suggestion(String(value), presetNames)}`)
  return preset?.effect
}

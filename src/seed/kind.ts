import type { Fields } from './checker.ts'
import { IDENTITY_KEYS } from './identity.ts'
import { SESSION_KEYS } from './session.ts'

export const FIXTURE_KEYS: readonly string[] = ['now', 'schemas', 'identities', 'sessions', 'generate']

export type Kind = 'fixture' | 'identity' | 'session'

const KEYS: readonly (readonly [Kind, ReadonlySet<string>])[] = [
  ['fixture', new Set(FIXTURE_KEYS)],
  ['identity', new Set(IDENTITY_KEYS)],
  ['session', new Set(SESSION_KEYS)],
]

/** What an object is: the kind that knows most of its properties, so that a misspelt one is told as such. */
export const kindOf = (value: Fields): Kind => {
  const keys = Object.keys(value)
  let found: Kind = 'fixture'
  let most = 0
  for (const [kind, known] of KEYS) {
    const count = keys.filter((key) => known.has(key)).length
    if (count > most) {
      most = count
      found = kind
    }
  }
  return found
}

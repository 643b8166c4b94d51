import { isObject } from '../model/json.ts'
import { anything, object, word, type Kind } from '../model/kinds.ts'

/** What YAML has for a key without a value counts as left out. */
const orNothing = (kind: Kind): Kind => ({
  schema: kind.schema,
  read: (reader, value, at) => (value === null ? undefined : kind.read(reader, value, at)),
})

/** An object of these members alone. @param words those that are passed over here, or read by others. */
export const section = (words: string, inner: Readonly<Record<string, Kind>> = {}): Kind => {
  const names = words.split(/\s+/).filter((name) => name !== '')
  return orNothing(object({ ...Object.fromEntries(names.map((name) => [name, anything])), ...inner }))
}

/** The same section under each of some names. */
export const each = (words: string, kind: Kind): Readonly<Record<string, Kind>> =>
  Object.fromEntries(words.split(' ').map((name) => [name, kind]))

export const listOf = (kind: Kind): Kind =>
  orNothing({
    schema: { type: 'array', items: kind.schema },
    read: (reader, value, at) =>
      Array.isArray(value)
        ? value.map((one: unknown, n) => kind.read(reader, one, [...at, n]))
        : reader.flaw(at, 'a list', value),
  })

/** A hook: its name, and of the one that calls a web server, how. */
export const hookOf = (names: readonly string[], webHook: Kind): Kind => {
  const name = word(names)
  const open = section('hook', { config: anything })
  const called = section('', { hook: anything, config: webHook })
  return orNothing({
    schema: {},
    read: (reader, value, at) => {
      if (!isObject(value)) return reader.flaw(at, 'an object', value)
      const { hook } = value
      if (hook === 'b2b_sso' || hook === 'organization') return value
      if (hook === undefined) return reader.say(at, 'lacks `hook`, its name')
      name.read(reader, hook, [...at, 'hook'])
      return (hook === 'web_hook' ? called : open).read(reader, value, at)
    },
  })
}

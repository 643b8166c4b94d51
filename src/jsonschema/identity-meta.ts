import { GoJsonError, memberOf, parseWhole, type JsonNode } from '../go/json-parse.ts'
import type { Flaw } from '../model/flaw.ts'
import type { JsonText } from '../model/identity.ts'
import { EXTENSION, schema } from './draft7-meta.ts'
import { loadLibraries } from './libraries.ts'
import { kind, only, shownNode, word, wrong, type Check, type Place } from './meta.ts'

const flag = kind('bool', 'true or false')
const flagged = only({ identifier: flag })

/** How the `ory.sh/kratos` of a release differs from others. */
export interface ExtensionDialect {
  readonly recoversBySms: boolean
  readonly matchesOrganizations: boolean
}

/** What `ory.sh/kratos` takes (embedx/identity_extension.schema.json). */
const extensionOf = ({ recoversBySms, matchesOrganizations }: ExtensionDialect): Check => {
  const channels = word(['email', 'sms'])
  return only({
    credentials: only({
      password: flagged,
      webauthn: flagged,
      passkey: only({ display_name: flag }),
      totp: only({ account_name: flag }),
      code: only({ identifier: flag, via: channels }),
    }),
    verification: only({ via: channels }),
    recovery: only({ via: recoversBySms ? channels : word(['email']) }),
    ...(matchesOrganizations ? { organizations: only({ matcher: word(['email_domain']) }) } : {}),
  })
}

/** Every extension that objects lead to; Kratos does not look into arrays. */
const extensions = (check: Check): Check => {
  const everywhere: Check = (node, at) =>
    node.kind === 'object'
      ? node.members.flatMap(({ key, value }) => [
          ...(key === EXTENSION ? check(value, [...at, key]) : []),
          ...everywhere(value, [...at, key]),
        ])
      : []
  return everywhere
}

/** The formats of a trait that is verified. */
const VERIFIED = word(['email', 'tel', 'date', 'time', 'date-time', 'no-validate'])

const trait: Check = (node, at) => {
  if (node.kind !== 'object') return wrong(node, at, 'an object, the JSON Schema of a trait')
  const config = memberOf(node, EXTENSION)
  const format = memberOf(node, 'format')
  const isVerified = config !== undefined && memberOf(config, 'verification') !== undefined
  return isVerified && format !== undefined ? VERIFIED(format, [...at, 'format']) : []
}

const member = (node: JsonNode, at: Place, key: string, what: string, check: Check): readonly Flaw[] => {
  if (node.kind !== 'object') return wrong(node, at, `an object with ${what}`)
  const value = memberOf(node, key)
  if (value !== undefined) return check(value, [...at, key])
  return [{ pointer: at, expected: what, found: node.members.length === 0 ? 'nothing' : shownNode(node) }]
}

/** The traits that an identity schema is there for (embedx/identity_meta.schema.json). */
const identity: Check = (root, place) =>
  member(root, place, 'properties', '"properties" with "traits"', (properties, inside) =>
    member(properties, inside, 'traits', '"traits", the JSON Schema of the traits', (traits, at) => [
      ...(memberOf(traits, 'type') === undefined ? [] : word(['object'])(memberOf(traits, 'type')!, [...at, 'type'])),
      ...member(traits, at, 'properties', '"properties" with at least one trait', (all, within) => {
        if (all.kind !== 'object' || all.members.length === 0)
          return wrong(all, within, 'an object with at least one trait')
        return all.members.flatMap(({ key, value }) => trait(value, [...within, key]))
      }),
    ]),
  )

const parsed = (text: JsonText): JsonNode | GoJsonError => {
  try {
    return parseWhole(text)
  } catch (error) {
    if (error instanceof GoJsonError) return error
    throw error
  }
}

/**
 * What keeps Kratos from starting with an identity schema, all of it, in the order of the rules: its meta-schema of
 * JSON Schema, its own of identities, and what `ory.sh/kratos` says. Loads the libraries that the schema asks for.
 */
export const identitySchemaFlaws = async (text: JsonText, dialect: ExtensionDialect): Promise<readonly Flaw[]> => {
  const root = parsed(text)
  if (root instanceof GoJsonError) return [{ pointer: [], expected: 'a JSON Schema', found: root.message }]
  await loadLibraries(root)
  if (root.kind !== 'object') return wrong(root, [], 'a JSON Schema')
  const found = [...schema(root, []), ...identity(root, []), ...extensions(extensionOf(dialect))(root, [])]
  // Each place once, by the first rule that it breaks.
  const first = new Map<string, Flaw>()
  for (const flaw of found) {
    const key = JSON.stringify(flaw.pointer)
    if (!first.has(key)) first.set(key, flaw)
  }
  return [...first.values()]
}

import { GoJsonError, memberOf, parseWhole, type JsonNode } from '../go/json-parse.ts'
import type { Flaw, Found } from '../model/flaw.ts'
import type { JsonText } from '../model/identity.ts'
import { EXTENSION, schema } from './draft7-meta.ts'
import { loadLibraries } from './libraries.ts'
import { byName, inside, kind, only, ROOT, SchemaFlaws, shownNode, where, word, type Check } from './meta.ts'

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
  const everywhere: Check = (node, at, flaws) => {
    if (node.kind !== 'object') return
    for (const { key, value } of node.members) {
      if (key === EXTENSION) check(value, inside(at, key), flaws)
      everywhere(value, inside(at, key), flaws)
    }
  }
  return everywhere
}

/** The formats of a trait that is verified. */
const VERIFIED = word(['email', 'tel', 'date', 'time', 'date-time', 'no-validate'])

const trait: Check = (node, at, flaws) => {
  if (node.kind !== 'object') return flaws.wrong(node, at, 'an object, the JSON Schema of a trait')
  const config = memberOf(node, EXTENSION)
  const format = memberOf(node, 'format')
  const isVerified = config !== undefined && memberOf(config, 'verification') !== undefined
  if (isVerified && format !== undefined) VERIFIED(format, inside(at, 'format'), flaws)
}

/** A member that an object must have. */
const member =
  (key: string, what: string, check: Check): Check =>
  (node, at, flaws) => {
    if (node.kind !== 'object') return flaws.wrong(node, at, `an object with ${what}`)
    const value = memberOf(node, key)
    if (value !== undefined) return check(value, inside(at, key), flaws)
    const found = node.members.length === 0 ? 'nothing' : shownNode(node)
    flaws.tell(node, at, () => ({ expected: what, found }))
  }

const traits = where(
  byName(trait, 'an object with at least one trait'),
  (all) => all.kind === 'object' && all.members.length > 0,
  'an object with at least one trait',
)
const traitList = member('properties', '"properties" with at least one trait', traits)
const IS_OBJECT = word(['object'])

/** The traits that an identity schema is there for (embedx/identity_meta.schema.json). */
const identity: Check = member(
  'properties',
  '"properties" with "traits"',
  member('traits', '"traits", the JSON Schema of the traits', (node, at, flaws) => {
    const type = memberOf(node, 'type')
    if (type !== undefined) IS_OBJECT(type, inside(at, 'type'), flaws)
    traitList(node, at, flaws)
  }),
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
export const identitySchemaFlaws = async (text: JsonText, dialect: ExtensionDialect): Promise<Found<Flaw>> => {
  const flaws = new SchemaFlaws()
  const root = parsed(text)
  if (root instanceof GoJsonError) {
    flaws.found.add(() => ({ pointer: [], expected: 'a JSON Schema', found: root.message }))
    return flaws.found
  }
  await loadLibraries(root)
  if (root.kind !== 'object') flaws.wrong(root, ROOT, 'a JSON Schema')
  else for (const check of [schema, identity, extensions(extensionOf(dialect))]) check(root, ROOT, flaws)
  return flaws.found
}

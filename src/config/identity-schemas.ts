import { Found, pointerText, type Flaw, type Pointer } from '../model/flaw.ts'
import { isDeeper } from '../go/json-scan.ts'
import { suggestion } from '../model/nearest.ts'
import { DEEPEST_SCHEMA } from '../seed/schemas.ts'
import type { Part } from './part.ts'
import type { Resources } from './resources.ts'

/** One of `identity.schemas`; without a text where it cannot be read. */
export interface ListedSchema {
  readonly id: string
  readonly text: string | undefined
  /** The text of its file. */
  readonly verbatim?: string | undefined
  /** What is wrong with it: told unless a fixture has the schema. */
  readonly flaws: Pick<Found<Flaw>, 'count' | 'first'>
  /** Where these are. */
  readonly at: Pointer
}

/** A schema that cannot be read, for one reason. */
const unread = (id: string, pointer: Pointer, reason: string): ListedSchema => ({
  id,
  text: undefined,
  flaws: { count: 1, first: [{ pointer, expected: '', found: '', reason }] },
  at: pointer,
})

/** The identity schemas that a configuration names. */
export interface IdentitySchemas {
  readonly defaultId: string
  readonly listed: readonly ListedSchema[]
  /** Ids of those that no flow may ask for: without `selfservice_selectable`, and not the default. */
  readonly unselectable: ReadonlySet<string>
}

/** @param isOld whether the release is older than 25.4. */
const readSchema = async (part: Part, id: string, read: Resources, isOld: boolean): Promise<ListedSchema> => {
  const at = part.at('url')
  const found = await read(at.text(''), at.pointer)
  if ('why' in found) {
    const reason = found.isMissing === true ? `${found.why}, or give the schema in a fixture's \`schemas\`` : found.why
    return unread(id, at.pointer, reason)
  }
  if (isDeeper(found.text, DEEPEST_SCHEMA))
    return unread(id, at.pointer, `is a schema of more than ${DEEPEST_SCHEMA} levels, ${id}`)
  const { identitySchemaFlaws } = await import('../jsonschema/identity-meta.ts')
  const wrong = await identitySchemaFlaws(found.text, { recoversBySms: !isOld, matchesOrganizations: !isOld })
  const flaws = new Found<Flaw>()
  flaws.addAll(wrong, ({ pointer, expected, found: there }) => {
    const inside = pointer.length === 0 ? '' : ` at ${pointerText(pointer)}`
    const reason = `is a schema that Kratos does not start with, ${id}:${inside} expected ${expected}, found ${there}`
    return { pointer: at.pointer, expected, found: there, reason }
  })
  return { id, text: flaws.count === 0 ? found.text : undefined, verbatim: found.verbatim, flaws, at: at.pointer }
}

/** `identity.schemas` and `identity.default_schema_id`. */
export const readIdentitySchemas = async (root: Part, read: Resources, isOld: boolean): Promise<IdentitySchemas> => {
  const identity = root.at('identity')
  const defaultId = identity.at('default_schema_id').text('default')
  const listed: ListedSchema[] = []
  const unselectable = new Set<string>()
  const known = new Set<string>()
  for (const part of identity.at('schemas').list()) {
    const id = part.at('id').text('')
    if (!part.at('selfservice_selectable').flag(false) && id !== defaultId) unselectable.add(id)
    if (!part.at('url').isThere) part.say('lacks `url`, where the schema is')
    else if (id === '') part.say('lacks `id`, what identities name the schema by')
    else if (known.has(id)) part.at('id').say(`is an id that another schema has, ${id}`)
    else {
      known.add(id)
      listed.push(await readSchema(part, id, read, isOld))
    }
  }
  const ids = listed.map(({ id }) => id)
  if (ids.length > 0 && !ids.includes(defaultId)) {
    const near = suggestion(defaultId, ids)
    const named = identity.at('default_schema_id')
    const reason = named.isThere
      ? `names no schema of identity.schemas, ${defaultId}; ${near}`
      : `has no schema default, and identity.default_schema_id names no other; ${near}`
    const { pointer } = named.isThere ? named : identity.at('schemas')
    listed.push(unread(defaultId, pointer, reason))
  }
  return { defaultId, listed, unselectable }
}

import { Found, type Flaw } from '../model/flaw.ts'
import { isObject } from '../model/json.ts'
import { PlaceReader, plainVoice, type Reader } from '../model/reader.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SelfService, TokenTemplate } from '../model/selfservice.ts'
import { adviceOf } from './advice.ts'
import { readCors } from './cors.ts'
import { dsn } from './dsn.ts'
import { readIdentitySchemas } from './identity-schemas.ts'
import { configuration } from './known-keys.ts'
import type { KratosConfig } from './kratos-config.ts'
import { Part } from './part.ts'
import { refuseConfig } from './refused.ts'
import { readResource, type Resources } from './resources.ts'
import { readSelfService } from './selfservice.ts'
import { folderOf, readSources } from './sources.ts'
import { wordsOf } from './taken.ts'

/** Templates with their keys, where those are in a file; a key that is to be fetched is told when it is asked for. */
const withKeys = async (
  root: Part,
  { tokenTemplates }: SelfService,
  read: Resources,
): Promise<SelfService['tokenTemplates']> => {
  const templates = root.at('session', 'whoami', 'tokenizer', 'templates')
  const keyed = async ([name, template]: [string, TokenTemplate]): Promise<[string, TokenTemplate]> => {
    if (!template.jwksUrl.startsWith('file://')) return [name, template]
    const at = templates.at(name, 'jwks_url')
    const keys = await read(template.jwksUrl, at.pointer)
    if ('text' in keys) return [name, { ...template, jwks: keys.text }]
    at.say(keys.why)
    return [name, template]
  }
  return Object.fromEntries(await Promise.all(Object.entries(tokenTemplates).map(keyed)))
}

/** What a configuration is read for. */
export interface Reading {
  /** Whether the mock stores in what `dsn` names, which is said then. */
  readonly stores?: boolean
  /** Whether nobody chose the profile, which is said where the configuration speaks of another. */
  readonly advises?: boolean
  /** Ids of schemas that fixtures bring: what the configuration has by these is not looked at. */
  readonly given?: readonly unknown[]
  /** Gets the files that were looked for, of the configuration and of what it names, also where it is refused. */
  readonly files?: Map<string, string | undefined>
}

/** The reader of the first level: whether it is a configuration at all, and each key of it. */
const checked = (reader: Reader, value: unknown): Readonly<Record<string, unknown>> => {
  if (isObject(value)) {
    configuration.read(reader, value, [])
    return value
  }
  reader.flaw([], 'an object, as kratos.yml is', value)
  return {}
}

/**
 * Reads a configuration of Kratos'.
 * @param from a path of a file, what it would hold, or an array of these, of which the later go over the earlier.
 * @param profile of the release that reads it.
 * @throws ConfigRefused that lists all that is wrong with its place.
 */
export const readConfig = async (from: unknown, profile: Profile, reading: Reading = {}): Promise<KratosConfig> => {
  const { stores = true, advises = false, given = [], files } = reading
  const sources = await readSources(from)
  for (const [file, stamp] of sources.looked) files?.set(file, stamp)
  const stoodIn: string[] = []
  const resource: Resources = async (url, pointer) => {
    const found = await readResource(url, folderOf(sources, pointer))
    for (const [file, stamp] of found.looked ?? []) files?.set(file, stamp)
    if (found.standsIn === true) stoodIn.push(`${found.file} stands in for ${url}, which is not there.`)
    return found
  }
  const reader = new PlaceReader(plainVoice())
  const value = checked(reader, sources.value)
  const root = new Part(reader, value)
  const named = root.at('dsn').isThere ? dsn.read(reader, value['dsn'], ['dsn']) : undefined
  const read = readSelfService(root, profile)
  const cors = readCors(root)
  const schemas = await readIdentitySchemas(root, resource, !profile.knows('v25.4.0'))
  const tokenTemplates = await withKeys(root, read, resource)
  const wrong = new Found<Flaw>()
  wrong.addAll({ first: reader.flaws, count: reader.total }, (flaw) => flaw)
  const brought = new Set(given)
  for (const { id, at, flaws } of schemas.listed)
    if (flaws.count > 0 && !brought.has(id) && !reader.isTold(at)) wrong.addAll(flaws, (flaw) => flaw)
  await refuseConfig(sources, wrong)
  const config = {
    from: sources.files,
    database: named?.database,
    stores,
    isCockroach: stores && named?.instead === 'cockroach',
    schemas,
    cors,
    selfService: { ...read, tokenTemplates },
    selfServiceOf: (other: Profile) => ({ ...readSelfService(root, other), tokenTemplates }),
    words: [],
  }
  return { ...config, words: [...wordsOf(value, root, config), ...stoodIn, ...(advises ? adviceOf(root) : [])] }
}

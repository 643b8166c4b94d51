import type { KratosConfig } from './config/kratos-config.ts'
import { controlled } from './control/control-error.ts'
import type { Control } from './control/control.ts'
import { noCors } from './model/cors.ts'
import { OptionError, type Settings } from './options.ts'
import type { Profile } from './profiles/profile.ts'
import { schemaIdsOf } from './seed/schemas.ts'
import type { Follow } from './seed/read-watch.ts'
import { stampsOf, type Source, type Stamps } from './seed/source.ts'
import { sourcesOf } from './seed/sources.ts'
import type { Configured } from './world/world.ts'

/**
 * A configuration of Kratos' for a profile and fixtures.
 * @param files gets those that were looked for, also where it is refused.
 * @throws OptionError with each place that is wrong.
 */
export const configOf = async (
  { config, database, namesProfile }: Settings,
  profile: Profile,
  sources: readonly Source[],
  files: Map<string, string | undefined>,
): Promise<KratosConfig | undefined> => {
  if (config === undefined) return undefined
  const [{ readConfig }, { ConfigRefused }] = await Promise.all([
    import('./config/read-config.ts'),
    import('./config/refused.ts'),
  ])
  const given = sources.flatMap(({ value }) => schemaIdsOf(value))
  try {
    const stores = profile.hasDatabase && database === undefined
    return await readConfig(config, profile, { stores, advises: !namesProfile, given, files })
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    const problems = error.problems.map((message) => ({ option: 'config', place: '', message }))
    throw new OptionError(problems, error.count)
  }
}

/** What a configuration says of a world, behind what the options say. */
export const configuredBy = ({ cors }: Settings, config: KratosConfig | undefined): Configured => {
  const allowed = cors.length === 0 ? config?.cors : { ...(config?.cors ?? noCors), origins: cors }
  if (config === undefined) return { cors: allowed }
  const { selfServiceOf: selfService, schemas } = config
  const all = schemas.listed.flatMap(({ id, text, verbatim }) => (text === undefined ? [] : [{ id, text, verbatim }]))
  return {
    cors: allowed,
    selfService,
    schemas: { defaultId: schemas.defaultId, all, unselectable: schemas.unselectable },
  }
}

/** Seeds a mock anew from what it was started with, and says so or why not; what is bad changes nothing. */
export type Reseed = (since: string) => Promise<void>

/**
 * Seeds anew when it is asked to, and where `watch` is set, when a file changes: of fixtures, of the configuration, or
 * one that these name, also where they are refused.
 * @param files that the mock was started with.
 */
export const createReseed = async (
  control: Control,
  settings: Settings,
  started: KratosConfig | undefined,
  files: Stamps,
): Promise<Reseed> => {
  const { world } = control.projects.root
  const { profile, log } = world
  const seedAnew = async (looked: Map<string, string | undefined>): Promise<void> => {
    const sources = await sourcesOf(settings.seed)
    for (const [file, stamp] of stampsOf(sources)) looked.set(file, stamp)
    const config = await configOf(settings, profile, sources, looked)
    await control.replaceBaseline(settings.seed, config && configuredBy(settings, config))
    for (const line of config?.words ?? []) log.start(line)
    if (config?.stores === true && config.database !== started?.database)
      log.failure('The dsn names another database now, which takes a start of its own.')
  }
  const once = async (since: string): Promise<void> => {
    const looked = new Map<string, string | undefined>()
    try {
      await controlled(() => seedAnew(looked))
      await follow(looked, true)
      log.notice(`Seeded anew, since ${since}.`)
    } catch (error) {
      // What was followed before may be what mends it.
      await follow(looked, false)
      const reason = error instanceof Error ? error.message : String(error)
      log.failure(`${reason}\nThe mock keeps what it had before ${since}.`)
    }
  }
  // One after the other, so that the newest state of a file is the last one that is seeded.
  let last = Promise.resolve()
  const reseed: Reseed = (since) => (last = last.then(() => once(since)))
  const follow: Follow = settings.watch
    ? (await import('./seed/read.ts')).watchFiles((file) => reseed(`${file} changed`), world.closing)
    : async () => {}
  await follow(files, true)
  return reseed
}

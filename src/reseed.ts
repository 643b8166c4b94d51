import type { KratosConfig } from './config/kratos-config.ts'
import { controlled } from './control/control-error.ts'
import type { Control } from './control/control.ts'
import { noCors } from './model/cors.ts'
import { OptionError, type Settings } from './options.ts'
import type { Profile } from './profiles/profile.ts'
import { schemaIdsOf } from './seed/schemas.ts'
import type { Source } from './seed/source.ts'
import { sourcesOf } from './seed/sources.ts'
import type { Configured } from './world/world.ts'

/** A configuration of Kratos' for a profile and fixtures. @throws OptionError with each place that is wrong. */
export const configOf = async (
  { config, database, namesProfile }: Settings,
  profile: Profile,
  sources: readonly Source[],
): Promise<KratosConfig | undefined> => {
  if (config === undefined) return undefined
  const [{ readConfig }, { ConfigRefused }] = await Promise.all([
    import('./config/read-config.ts'),
    import('./config/refused.ts'),
  ])
  const given = sources.flatMap(({ value }) => schemaIdsOf(value))
  try {
    const stores = profile.hasDatabase && database === undefined
    return await readConfig(config, profile, { stores, advises: !namesProfile, given })
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    throw new OptionError(error.problems.map((message) => ({ option: 'config', place: '', message })))
  }
}

/** What a configuration says of a world, behind what the options say. */
export const configuredBy = ({ cors }: Settings, config: KratosConfig | undefined): Configured => {
  const allowed = cors.length === 0 ? config?.cors : { ...(config?.cors ?? noCors), origins: cors }
  if (config === undefined) return { cors: allowed }
  const { selfServiceOf: selfService, schemas } = config
  const all = schemas.listed.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }]))
  return {
    cors: allowed,
    selfService,
    schemas: { defaultId: schemas.defaultId, all, unselectable: schemas.unselectable },
  }
}

/**
 * Seeds a mock anew from what it was started with, and says so or why not; what is bad changes nothing.
 * @returns the files of the configuration that it goes by now; undefined where that stayed as it was.
 */
export type Reseed = (since: string) => Promise<readonly string[] | undefined>

export const createReseed = (control: Control, settings: Settings, started: KratosConfig | undefined): Reseed => {
  const { profile, log } = control.projects.root.world
  const seedAnew = async (): Promise<KratosConfig | undefined> => {
    const config = await configOf(settings, profile, await sourcesOf(settings.seed))
    await control.replaceBaseline(settings.seed, config && configuredBy(settings, config))
    for (const line of config?.words ?? []) log.start(line)
    if (config?.stores === true && config.database !== started?.database)
      log.failure('The dsn names another database now, which takes a start of its own.')
    return config
  }
  const once: Reseed = async (since) => {
    try {
      const config = await controlled(seedAnew)
      log.notice(`Seeded anew, since ${since}.`)
      return config?.files
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.failure(`${reason}\nThe mock keeps what it had before ${since}.`)
      return undefined
    }
  }
  // One after the other, so that the newest state of a file is the last one that is seeded.
  let last: ReturnType<Reseed> = Promise.resolve(undefined)
  return (since) => (last = last.then(() => once(since)))
}

/** Seeds anew when a fixture, the configuration or a file that this names changes. */
export const watchAll = async (
  { seed }: Settings,
  config: KratosConfig | undefined,
  reseed: Reseed,
  closing: AbortSignal,
): Promise<void> => {
  const { watchFiles } = await import('./seed/read.ts')
  const watched = new Set<string>()
  const follow = async (files: readonly string[]): Promise<void> => {
    const fresh = files.filter((file) => !watched.has(file))
    for (const file of fresh) watched.add(file)
    if (fresh.length > 0) await watchFiles(fresh, changed, closing)
  }
  const changed = async (file: string): Promise<void> => follow((await reseed(`${file} changed`)) ?? [])
  const fixtures = [seed].flat().filter((one): one is string => typeof one === 'string')
  await follow([...fixtures, ...(config?.files ?? [])])
}

import { exampleTraits } from './example-traits.ts'
import { quirks, type QuirkName } from '../profiles/quirks.ts'
import type { Quirk } from '../profiles/quirk.ts'
import type { Project } from '../world/projects.ts'

/** What a project is and how it answers. */
export interface ProjectCard {
  /** `''` for the root project. */
  readonly name: string
  readonly url: string
  readonly publicUrl: string
  /** A bearer token that the admin API takes here; `''` where it asks for none. */
  readonly token: string
  readonly profile: string
  /** What `/version` tells. */
  readonly version: string
  /** What a Kratos stores in; null for a profile without a database. */
  readonly database: string | null
  /** Every quirk with what it does, and whether it is on here. */
  readonly quirks: readonly (Quirk & { readonly name: string; readonly on: boolean })[]
  /** The ids of its identity schemas. */
  readonly schemas: readonly string[]
  /** By the id of a schema, traits in the shape that it asks for. */
  readonly examples: Readonly<Record<string, unknown>>
  /** The ids of the snapshots that are kept, the oldest first. */
  readonly snapshots: readonly string[]
}

/** The same without what has to be made for whoever asks. */
export type ProjectFace = Omit<ProjectCard, 'quirks' | 'examples'>

export const projectFace = ({ name, token, world, snapshots }: Project): ProjectFace => ({
  name,
  url: world.origins.admin,
  publicUrl: world.origins.public,
  token: name === '' ? (world.tokens[0] ?? '') : token,
  profile: world.profile.name,
  version: world.profile.version,
  database: world.database?.name ?? null,
  schemas: world.store.tables.schemas.all.map(({ id }) => id),
  snapshots: [...snapshots.keys()],
})

export const projectCard = (project: Project): ProjectCard => {
  const { profile, store } = project.world
  const { schemas, snapshots, ...face } = projectFace(project)
  const told = Object.entries(quirks).map(([name, about]) => ({ ...about, name, on: profile.has[name as QuirkName] }))
  const examples = store.tables.schemas.all.map(({ id, text }) => [id, exampleTraits(text)] as const)
  return { ...face, quirks: told, schemas, examples: Object.fromEntries(examples), snapshots }
}

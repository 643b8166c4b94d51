import { shown } from '../model/flaw.ts'
import { KratosError } from '../model/errors.ts'
import { nearest } from '../model/nearest.ts'
import { Random } from './random.ts'
import type { Configured, Origins, Own, World, WorldState } from './world.ts'

/** A mock of its own on the same port. The root project has no name, root path or token. */
export interface Project {
  readonly name: string
  readonly token: string
  readonly world: World
  /** Its snapshots by id, the oldest first. */
  readonly snapshots: Map<string, WorldState>
}

interface Named extends Project {
  /** When it was last used, counted in uses of any project. */
  used: number
}

export interface ProjectsOptions {
  /** More than this many and the one that was not used for longest is dropped. Default 1,000. */
  readonly most?: number | undefined
  /** Seeds the tokens. Default 1. */
  readonly randomSeed?: number | undefined
  /** What the server was asked to bind to. */
  readonly host?: string | undefined
}

const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/
const LONGEST_NAME = 100

/** What a project's bearer token begins with, so that one of a project that is gone is never taken for another. */
const TOKEN = 'ory_mock_'

/** How many snapshots a project keeps, and how many projects that are gone are remembered. */
const MOST_SNAPSHOTS = 1000
const MOST_GONE = 10_000

/** The origins of a project, which follow those of the root. */
class ProjectOrigins implements Origins {
  readonly #root: World
  readonly #path: string

  constructor(root: World, path: string) {
    this.#root = root
    this.#path = path
  }

  get admin(): string {
    return this.#root.origins.admin + this.#path
  }

  get public(): string {
    return this.#root.origins.public + this.#path
  }
}

/** @throws KratosError 400 for what is no name of a project. */
export const checkName = (name: unknown): string => {
  if (typeof name === 'string' && name.length <= LONGEST_NAME && SLUG.test(name)) return name
  throw new KratosError(400, {
    reason:
      `${shown(name)} is no name for a project: it takes lower-case letters and digits, ` +
      `joined by single hyphens or underscores, at most ${LONGEST_NAME} in all, such as checkout-3.`,
  })
}

/** All projects of one mock. */
export class Projects {
  readonly root: Project
  /** What the server was asked to bind to. */
  readonly host: string | undefined
  readonly #most: number
  readonly #random: Random
  readonly #named = new Map<string, Named>()
  readonly #tokens = new Map<string, Named>()
  /** Why projects are gone, by name. */
  readonly #gone = new Map<string, string>()
  #uses = 0
  #made = 0
  #snapshots = 0

  constructor(root: World, { most = 1000, randomSeed = 1, host }: ProjectsOptions = {}) {
    this.root = { name: '', token: '', world: root, snapshots: new Map() }
    this.host = host
    this.#most = most
    // Another stream than the root project's, whose ids do not depend on how many projects there were.
    this.#random = new Random(randomSeed ^ 0x5bd1e995)
  }

  /** Whether a bearer token may be one of a project, be it one that is gone. */
  get chosenByToken(): boolean {
    return this.#tokens.size > 0 || this.#gone.size > 0
  }

  /** The named projects, in the order in which they were made. */
  list(): readonly Project[] {
    return [...this.#named.values()]
  }

  /** Makes a project over the baseline, but for what it has of its own. @throws KratosError 400 for a name that is no slug, 409 for one in use. */
  make(name: unknown = this.#unusedName(), own?: Own): Project {
    const slug = checkName(name)
    if (this.#named.has(slug))
      throw new KratosError(409, {
        reason: `There is a project ${slug} already. Remove it first, or take another name.`,
      })
    while (this.#named.size >= this.#most) this.#dropIdlest()
    const world = this.root.world.fork(new ProjectOrigins(this.root.world, `/_mock/projects/${slug}`), own)
    const token = `${TOKEN}${this.#random.alphanumeric(32)}`
    const project: Named = { name: slug, token, world, snapshots: new Map(), used: ++this.#uses }
    this.#named.set(slug, project)
    this.#tokens.set(token, project)
    this.#gone.delete(slug)
    return project
  }

  #unusedName(): string {
    let name
    do name = `project-${++this.#made}`
    while (this.#named.has(name))
    return name
  }

  /** Whether the token is that of a project that is still there. */
  hasToken(token: string): boolean {
    return this.#tokens.has(token)
  }

  /**
   * @param handle the token of the project that is meant: another one may have its name by now.
   * @throws KratosError 404 for a project that never was, 410 for one that is gone.
   */
  get(name: string, handle?: string): Project {
    const found = this.#named.get(name)
    if (found === undefined) throw this.#missing(name)
    if (handle !== undefined && handle !== found.token) throw this.#replaced(name, handle)
    found.used = ++this.#uses
    return found
  }

  #replaced(name: string, handle: string): KratosError {
    const gone = this.#gone.get(handle) ?? `The project ${name} that this handle is of is gone.`
    return new KratosError(410, { reason: `${gone} There is another one of that name, with a handle of its own.` })
  }

  #missing(name: string): KratosError {
    const gone = this.#gone.get(name)
    if (gone !== undefined) return new KratosError(410, { reason: gone })
    const near = nearest(name, [...this.#named.keys()])
    const hint = near === undefined ? 'POST /_mock/projects makes one.' : `Did you mean ${near}?`
    return new KratosError(404, { reason: `There is no project ${name}. ${hint}` })
  }

  /**
   * The project that a bearer token picks, or undefined for a token that is not of our making.
   * @throws KratosError 410 for the token of a project that is gone.
   */
  byToken(token: string): Project | undefined {
    const found = this.#tokens.get(token)
    if (found !== undefined) found.used = ++this.#uses
    else if (token.startsWith(TOKEN))
      throw new KratosError(410, { reason: this.#gone.get(token) ?? 'The project of this bearer token is gone.' })
    return found
  }

  /** @throws KratosError as `get` does. */
  remove(name: string, handle?: string): void {
    this.#drop(this.get(name, handle) as Named, `The project ${name} was removed.`)
  }

  #dropIdlest(): void {
    let idlest: Named | undefined
    for (const project of this.#named.values()) if (idlest === undefined || project.used < idlest.used) idlest = project
    if (idlest === undefined) return
    this.#drop(
      idlest,
      `The project ${idlest.name} was dropped: of more than ${this.#most} it was the one not used for longest. ` +
        'Remove projects after use, or raise maxProjects.',
    )
  }

  #drop(project: Named, why: string): void {
    this.#named.delete(project.name)
    this.#tokens.delete(project.token)
    for (const key of [project.name, project.token]) this.#gone.set(key, why)
    for (const key of this.#gone.keys()) {
      if (this.#gone.size <= MOST_GONE) break
      this.#gone.delete(key)
    }
    project.world.close(() => new KratosError(410, { reason: why }))
  }

  /** Keeps the state of a project. @returns an id that no other snapshot of any project has. */
  keep(project: Project): string {
    const id = `snapshot-${++this.#snapshots}`
    project.snapshots.set(id, project.world.snapshot())
    if (project.snapshots.size > MOST_SNAPSHOTS) project.snapshots.delete(project.snapshots.keys().next().value!)
    return id
  }

  /** A state that a project kept. @throws KratosError 404 for one that it did not keep, 409 for another project's. */
  kept(project: Project, id: string): WorldState {
    const state = project.snapshots.get(id)
    if (state !== undefined) return state
    const owner = [this.root, ...this.#named.values()].find(({ snapshots }) => snapshots.has(id))
    const named = ({ name }: Project): string => (name === '' ? 'the root project' : `the project ${name}`)
    if (owner === undefined) {
      throw new KratosError(404, {
        reason: `There is no snapshot ${id} of ${named(project)}; it keeps its newest ${MOST_SNAPSHOTS}.`,
      })
    }
    throw new KratosError(409, { reason: `The snapshot ${id} is of ${named(owner)}, not of ${named(project)}.` })
  }

  /**
   * Replaces what all projects start from and reset to; the root project goes there at once.
   * @param configured what they go by from here on, where that changed.
   */
  rebase(state: WorldState, configured?: Configured): void {
    for (const { world } of [this.root, ...this.#named.values()]) {
      if (configured !== undefined) world.configure(configured)
      world.rebase(state)
    }
    this.root.world.reset()
  }

  /** Ends all that waits in any project. */
  close(reason: Error): void {
    for (const { world } of [this.root, ...this.#named.values()]) world.close(() => reason)
  }

  /** Which server an in-process request is for, by the origin of its URL. */
  serverAt(url: string): 'admin' | 'public' | 'both' {
    const { admin, public: open } = this.root.world.origins
    if (admin === open) return 'both'
    return url === open || url.startsWith(`${open}/`) ? 'public' : 'admin'
  }
}

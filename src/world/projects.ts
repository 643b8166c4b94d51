import { KratosError } from '../model/errors.ts'
import { World } from './world.ts'

/** A mock of its own on the same port. The root project has no name, root path or token. */
export interface Project {
  readonly name: string
  readonly token: string
  readonly world: World
}

/** All projects of one mock. */
export class Projects {
  readonly root: Project
  readonly #named = new Map<string, Project>()

  constructor(root: World) {
    this.root = { name: '', token: '', world: root }
  }

  get size(): number {
    return 1 + this.#named.size
  }

  /** @throws KratosError 404 that names the projects there are. */
  get(name: string): Project {
    const found = this.#named.get(name)
    if (found === undefined) throw new KratosError(404, { reason: `There is no project ${name}.` })
    return found
  }

  byToken(token: string): Project | undefined {
    for (const project of this.#named.values()) if (project.token === token) return project
    return undefined
  }

  /** Which server an in-process request is for, by the origin of its URL. */
  serverAt(url: string): 'admin' | 'public' | 'both' {
    const { admin, public: open } = this.root.world.origins
    if (admin === open) return 'both'
    return url === open || url.startsWith(`${open}/`) ? 'public' : 'admin'
  }
}

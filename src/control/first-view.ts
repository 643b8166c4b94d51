import type { ArmedRule } from '../faults/rule.ts'
import { formatTime } from '../model/time.ts'
import type { Project } from '../world/projects.ts'
import { listPeople, type PeoplePage } from './people.ts'
import { projectFace, type ProjectFace } from './project-card.ts'

/** What the page knows before it asks, so that its first view is there at once. */
export interface FirstView {
  readonly clock: { readonly now: string; readonly running: boolean }
  readonly faults: readonly ArmedRule[]
  readonly project: ProjectFace
  /** The first page of all people. */
  readonly people: PeoplePage
}

export const firstView = async (project: Project): Promise<FirstView> => {
  const { clock, faults } = project.world
  const people = await listPeople(project.world, new URLSearchParams())
  return {
    clock: { now: formatTime(clock.now()), running: clock.running },
    faults: faults.list(),
    project: projectFace(project),
    people,
  }
}

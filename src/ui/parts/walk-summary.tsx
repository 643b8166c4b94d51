import type { JSX } from 'preact'
import type { ProjectCard } from '../../control/project-card.ts'
import { useControl } from '../live/data.ts'
import { hashOf } from '../live/route.ts'
import { verdictOf } from '../live/verdict.ts'
import { nextOf, type Walk } from '../live/walk.ts'
import { withCode } from './code.tsx'

/** Whether the last page is one that leads on with nothing on it. */
const isEmptyWithNext = (walk: Walk): boolean =>
  walk.pages.at(-1)?.said === undefined && walk.pages.at(-1)?.ids.length === 0 && nextOf(walk) !== undefined

/** The quirks that make a walk what it is, where it shows them: what a fault rule did is no quirk. */
const quirksOf = (walk: Walk): readonly string[] => {
  const [first, second] = walk.pages
  if (walk.pages.some(({ fault }) => fault !== null)) return []
  const isRepeated = first?.ids[0] !== undefined && first.ids[0] === second?.ids[0]
  return [
    ...(isRepeated ? ['firstPageTwice'] : []),
    ...(isEmptyWithNext(walk) && walk.total === 0 ? ['emptyListLinks'] : []),
  ]
}

/** Why it is so, where the profile tells. */
const Why = ({ walk }: { readonly walk: Walk }): JSX.Element => {
  const { value: project } = useControl<ProjectCard>('/project')
  const shown = quirksOf(walk)
  const found = (project?.quirks ?? []).filter(({ name, on }) => on && shown.includes(name))
  return (
    <>
      {found.map(({ name, summary }) => (
        <p key={name} class="miss">
          The quirk <a href={hashOf('projects')}>{name}</a> of {project?.profile}: {withCode(summary)}
        </p>
      ))}
    </>
  )
}

/** What became of a walk. */
export const WalkSummary = ({ walk }: { readonly walk: Walk }): JSX.Element => {
  const { seen, twice, passedOver } = verdictOf(walk)
  const isOver = nextOf(walk) === undefined
  const isLost = isEmptyWithNext(walk)
  const never = isOver ? walk.total - seen - passedOver : 0
  const { length } = walk.pages
  const parts = [
    `${seen} of ${walk.total} rows on ${length} ${length === 1 ? 'page' : 'pages'}`,
    ...(twice > 0 ? [`${twice} seen twice`] : []),
    ...(passedOver > 0 ? [`${passedOver} passed over`] : []),
    ...(never > 0 ? [`${never} never came`] : []),
    ...(isLost ? ['an empty page that leads on by next'] : []),
    ...(isOver ? ['no next page'] : []),
  ]
  const hasFailed = walk.pages.some(({ said }) => said !== undefined)
  const isFine = twice === 0 && passedOver === 0 && never <= 0 && !isLost && !hasFailed
  return (
    <div class="outcome">
      <p role="status" class={isFine ? 'summary' : 'summary wrong'}>
        {parts.join(' · ')}
      </p>
      <Why walk={walk} />
    </div>
  )
}

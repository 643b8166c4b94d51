import type { FirstView } from '../../control/first-view.ts'
import { App } from '../app.tsx'
import { faults } from '../live/follow.ts'
import { known } from '../live/known.ts'
import { card } from '../live/mock.ts'
import { setTime } from '../live/time.ts'
import { htmlOf } from './html.ts'

/** The page's first view as HTML, which stands before its script does. Nothing is waited for, so no other comes in between. */
export const first = (given: FirstView): string => {
  Object.assign(known, given)
  card.value = given.project
  faults.value = given.faults
  setTime(given.clock)
  return htmlOf(<App />)
}

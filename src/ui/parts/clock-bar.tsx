import type { JSX } from 'preact'
import { formatTime } from '../../model/time.ts'
import { connection } from '../live/follow.ts'
import { control, mock } from '../live/mock.ts'
import { useStore } from '../live/store.ts'
import { useTime } from '../live/time.ts'
import { Verb } from './verb.tsx'

const STEPS = [
  ['+1 min', '1m'],
  ['+1 h', '1h'],
  ['+1 day', '1d'],
] as const

/** The project's time, and what moves it. */
export const ClockBar = (): JSX.Element => {
  const { now, running } = useTime()
  const isAway = useStore(connection).is === 'away'
  const pace = isAway ? 'not known' : running ? 'running' : 'frozen'
  const text = formatTime(now).slice(0, 19)
  return (
    <section class="clock" aria-label="Clock">
      <span class={`hand ${pace.replace(' ', '-')}`} aria-hidden="true" />
      <time dateTime={`${text}Z`}>
        {text.slice(0, 10)} <b>{text.slice(11)}</b> <span class="muted">UTC</span>
      </time>
      <span class="muted pace">{pace}</span>
      <span class="buttons">
        {STEPS.map(([label, by]) => (
          <Verb key={label} label={label} kind="quiet" act={async () => (await mock()).clock.advance(by)} />
        ))}
        <Verb label="To the next expiry" kind="quiet" act={() => control('/clock/next-expiry', { method: 'POST' })} />
        {running ? (
          <Verb key="freeze" label="Freeze" kind="quiet" act={async () => (await mock()).clock.freeze()} />
        ) : (
          <Verb key="run" label="Run" kind="quiet" act={async () => (await mock()).clock.run()} />
        )}
      </span>
    </section>
  )
}

import type { JSX } from 'preact'
import type { SessionLine } from '../../control/people.ts'
import { formatTime, parseTime, type Micros } from '../../model/time.ts'
import { spanText } from '../live/time.ts'
import { stateOf } from './state.tsx'

const ROW = 9
const TOP = 22
/** The most bars that are drawn. */
const MOST = 40
/** No side of the picture is more than this many times as wide as the other, so that both can be read. */
const LONGEST = 6

/** How near to a side of the picture, in percent, the text of a mark would be cut off. */
const EDGE = 5

/** The most marks of the axis that have room beside each other on a small screen. */
const MARKS = 6

/** Distances between the marks of the axis, in seconds. */
const STEPS = [
  1,
  5,
  15,
  60,
  300,
  900,
  3600,
  3 * 3600,
  6 * 3600,
  86_400,
  2 * 86_400,
  7 * 86_400,
  30 * 86_400,
  365 * 86_400,
]

interface Span {
  readonly from: Micros
  readonly to: Micros
}

const microsOf = (text: string): Micros => parseTime(text)!.micros

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** What the picture shows: around now, as far as most of the sessions go. */
const spanOf = (sessions: readonly SessionLine[], now: Micros): Span => {
  const before = sessions.map(({ issued_at }) => now - microsOf(issued_at)).filter((span) => span > 0)
  const after = sessions.map(({ expires_at }) => microsOf(expires_at) - now).filter((span) => span > 0)
  const least = 60e6
  const past = Math.max(least, Math.min(Math.max(0, ...before), middle(before) * LONGEST))
  const future = Math.max(least, Math.min(Math.max(0, ...after), middle(after) * LONGEST))
  const [left, right] = [Math.max(past, future / LONGEST), Math.max(future, past / LONGEST)]
  return { from: now - left * 1.05, to: now + right * 1.05 }
}

const marksOf = ({ from, to }: Span): Micros[] => {
  const step = (STEPS.find((one) => (to - from) / 1e6 / one <= MARKS) ?? STEPS.at(-1)!) * 1e6
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, n) => (first + n) * step)
}

/** What stands at a mark: the month where years pass, the day where days do, at its midnight, and the time else. */
export const markText = (at: Micros, { from, to }: Span): string => {
  const text = formatTime(at)
  if (to - from > 300 * 86_400e6) return text.slice(0, 7)
  if (to - from > 3 * 86_400e6 || text.slice(11, 19) === '00:00:00') return text.slice(5, 10)
  return to - from > 600e6 ? text.slice(11, 16) : text.slice(11, 19)
}

interface TimelineProps {
  readonly sessions: readonly SessionLine[]
  readonly identityState: string
  readonly now: Micros
}

/** The sessions of an identity as bars from their issue to their expiry, and now as a line through them. */
export const Timeline = ({ sessions, identityState, now }: TimelineProps): JSX.Element | null => {
  if (sessions.length === 0) return null
  const shown = sessions.slice(0, MOST)
  const span = spanOf(shown, now)
  const place = (at: Micros): number => Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100))
  const x = (at: Micros): string => `${place(at).toFixed(2)}%`
  const bottom = TOP + shown.length * ROW + 6
  const next = shown
    .filter((session) => ['active', 'expiring'].includes(stateOf(session, identityState, now)))
    .map(({ expires_at }) => microsOf(expires_at) - now)
  const summary =
    next.length === 0
      ? `Timeline of ${shown.length} sessions. None is active.`
      : `Timeline of ${shown.length} sessions, ${next.length} of them active. The next expires in ${spanText(Math.min(...next))}.`
  return (
    <div class="timeline">
      <svg height={bottom} role="img" aria-label={summary}>
        {marksOf(span).map((at) => (
          <g key={at} class="mark">
            <line x1={x(at)} x2={x(at)} y1={TOP - 4} y2={bottom} />
            <text x={x(at)} y={12} text-anchor={place(at) > 100 - EDGE ? 'end' : place(at) < EDGE ? 'start' : 'middle'}>
              {markText(at, span)}
            </text>
          </g>
        ))}
        {shown.map((session, n) => {
          const [from, to] = [microsOf(session.issued_at), microsOf(session.expires_at)]
          return (
            <rect
              key={session.id}
              class={stateOf(session, identityState, now)}
              x={x(from)}
              y={TOP + n * ROW}
              width={`${Math.max(0.3, place(to) - place(from)).toFixed(2)}%`}
              height={ROW - 3}
              rx={3}
            />
          )
        })}
        <line class="now" x1={x(now)} x2={x(now)} y1={TOP - 6} y2={bottom} />
      </svg>
    </div>
  )
}

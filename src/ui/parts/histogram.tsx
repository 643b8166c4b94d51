import type { JSX } from 'preact'

const WIDTH = 240
const HEIGHT = 44
const BINS = 24

const nice = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)))
  return [1, 2, 5, 10].map((n) => n * power).find((limit) => limit >= most) ?? most
}

/** How long requests took, as a small histogram. @param durations in milliseconds. */
export const Histogram = ({ durations }: { readonly durations: readonly number[] }): JSX.Element | null => {
  if (durations.length === 0) return null
  const limit = nice(Math.max(...durations))
  const bins = Array.from({ length: BINS }, () => 0)
  for (const ms of durations) bins[Math.min(BINS - 1, Math.floor((ms / limit) * BINS))]!++
  const most = Math.max(...bins)
  const sorted = durations.toSorted((a, b) => a - b)
  const [median, worst] = [sorted[sorted.length >> 1]!, sorted.at(-1)!]
  const count = durations.length === 1 ? '1 request' : `${durations.length} requests`
  const said = `Latency of ${count}: median ${median.toFixed(0)} ms, at most ${worst.toFixed(0)} ms.`
  return (
    <figure class="histogram">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={said}>
        {bins.map((held, n) => {
          const height = held === 0 ? 1 : Math.max(2, (held / most) * (HEIGHT - 2))
          return (
            // Bins are their places.
            <rect
              key={n}
              x={n * (WIDTH / BINS)}
              y={HEIGHT - height}
              width={WIDTH / BINS - 1.5}
              height={height}
              rx={1}
            />
          )
        })}
      </svg>
      <figcaption>
        <span>0</span>
        <span>
          median {median.toFixed(0)} ms · {count}
        </span>
        <span>{limit} ms</span>
      </figcaption>
    </figure>
  )
}

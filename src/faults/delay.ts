/** A delay that was read, in milliseconds. */
export type ReadDelay =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly median: number; readonly sigma: number; readonly max?: number }

/** A number of the standard normal distribution (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The longest that a timer can wait, in milliseconds. */
export const LONGEST_DELAY: number = 2 ** 31 - 1

/** How long to wait this time, in milliseconds. */
export const drawDelay = (delay: ReadDelay | undefined, random: () => number): number => {
  if (delay === undefined) return 0
  if (typeof delay === 'number') return delay
  if ('min' in delay) return delay.min + random() * (delay.max - delay.min)
  return Math.min(delay.median * Math.exp(delay.sigma * normal(random)), delay.max ?? LONGEST_DELAY)
}

/**
 * What `rows.map(make)` gives, in an array of one kind. Those that `map` gives are packed until it is compiled and holey
 * from then on, for which all that read them is compiled anew: while many rows come, that costs as much as they do.
 */
export const mapped = <T, U>(rows: readonly T[], make: (row: T, at: number) => U): U[] => {
  const made: unknown[] = rows.slice()
  for (let at = 0; at < rows.length; at++) made[at] = make(rows[at]!, at)
  return made as U[]
}

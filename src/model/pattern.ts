/**
 * A regular expression that is read when it is first needed: one with properties of Unicode takes up to a millisecond,
 * of which every start would pay for all that stand in the code.
 */
export const pattern = (source: string, flags: string): (() => RegExp) => {
  let made: RegExp | undefined
  return () => (made ??= new RegExp(source, flags))
}

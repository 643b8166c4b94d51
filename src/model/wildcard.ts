/** Whether a pattern with stars takes a text, element by element, in at most the product of their lengths. */
const takes = <P, T>(
  pattern: ArrayLike<P>,
  text: ArrayLike<T>,
  star: P,
  same: (one: P, other: T) => boolean,
): boolean => {
  let p = 0
  let t = 0
  let lastStar = -1
  let starTook = 0
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === star) {
      lastStar = p++
      starTook = t
    } else if (p < pattern.length && same(pattern[p]!, text[t]!)) {
      p++
      t++
    } else if (lastStar >= 0) {
      p = lastStar + 1
      t = ++starTook
    } else return false
  }
  while (p < pattern.length && pattern[p] === star) p++
  return p === pattern.length
}

const sameLetter = (one: string, other: string): boolean => one === other
const sameSegment = (one: string, other: string): boolean =>
  one === other || one === '*' || (one.includes('*') && takes(one, other, '*', sameLetter))

/** Whether a path pattern takes a path: `*` within a segment, `**` for any number of whole ones. */
export const pathTest = (pattern: string): ((path: string) => boolean) => {
  const star = pattern.indexOf('*')
  if (star < 0) return (path) => path === pattern
  const before = pattern.slice(0, star)
  const after = pattern.slice(pattern.lastIndexOf('*') + 1)
  const segments = pattern.split('/')
  return (path) =>
    path.endsWith(after) && path.startsWith(before) && takes(segments, path.split('/'), '**', sameSegment)
}

/** Whether a path pattern takes any path of a template such as `/admin/identities/{id}/sessions`. */
export const canTake = (pattern: string, template: string): boolean =>
  takes(pattern.split('/'), template.split('/'), '**', (one, other) => other.startsWith('{') || sameSegment(one, other))

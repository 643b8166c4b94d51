/** The items of a JSON array as their own text: numbers and escapes stay as they were written. */
export const itemsOf = (array: string): string[] => {
  const items: string[] = []
  let depth = 0
  let start = 0
  const close = (end: number): void => {
    const item = array.slice(start, end).trim()
    if (item !== '') items.push(item)
    start = end + 1
  }
  for (let at = 0; at < array.length; at++) {
    switch (array[at]) {
      case '"':
        for (at++; array[at] !== '"' && at < array.length; at++) if (array[at] === '\\') at++
        break
      case '[':
      case '{':
        if (depth++ === 0) start = at + 1
        break
      case ']':
      case '}':
        if (--depth === 0) close(at)
        break
      case ',':
        if (depth === 1) close(at)
    }
  }
  return items
}

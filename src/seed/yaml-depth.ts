/** What may begin a node without a line of its own: `- `, `? `, `: `, a tag, an anchor. */
const MARK = /(?:[-?:](?=[ \t,[\]{}]|$)|[!&][^ \t,[\]{}]*)[ \t]*/y

/** A quoted text that ends in its line. */
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y

/** Where a sticky pattern ends that matches at a place; that place where it does not. */
const past = (pattern: RegExp, line: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(line) ? pattern.lastIndex : at
}

/** How many marks follow one another at a place, and where what they are for begins. */
const marksAt = (line: string, from: number): readonly [count: number, end: number] => {
  let count = 0
  let at = from
  for (let next = past(MARK, line, at); next > at; next = past(MARK, line, at)) {
    at = next
    count++
  }
  return [count, at]
}

/** Counts the brackets that are open, from one line to the next. */
class Brackets {
  open = 0

  /** @returns how deep they get in a line, with the marks that stand in front of them. */
  pass(line: string, from: number): number {
    let deepest = this.open
    let isStart = true
    for (let at = from; at < line.length; at++) {
      const char = line[at]!
      // A comment.
      if (char === '#' && /^[ \t]?$/.test(line[at - 1] ?? '')) break
      if (this.open === 0 && !isStart) {
        isStart = char === ':' && /[ \t]/.test(line[at + 1] ?? '')
        continue
      }
      const [count, end] = marksAt(line, at)
      deepest = Math.max(deepest, this.open + count)
      if (count > 0) at = end - 1
      else if ((char === '"' || char === "'") && /^[\s,:[{]?$/.test(line[at - 1] ?? ''))
        at = Math.max(at, past(QUOTED, line, at) - 1)
      else if (char === '[' || char === '{') deepest = Math.max(deepest, ++this.open)
      else if ((char === ']' || char === '}') && this.open > 0) this.open--
      isStart &&= count > 0 || /[ \t]/.test(char)
    }
    return deepest
  }
}

/**
 * The first line, from 1, where a YAML text may be nested deeper than so many levels, as indentation, marks and
 * brackets say: it errs only for a text in the text that looks like that. The parser calls itself for each level,
 * and takes a time that grows with their cube.
 */
export const deepLineOf = (text: string, most: number): number | undefined => {
  /** The lines around this one, each further in than the last, with the levels up to there. */
  const around: { readonly column: number; readonly levels: number }[] = []
  const brackets = new Brackets()
  for (const [n, line] of text.split(/\r\n?|\n/).entries()) {
    const column = line.search(/\S/)
    if (column < 0) continue
    let from = column
    if (brackets.open === 0) {
      while (around.length > 0 && around.at(-1)!.column >= column) around.pop()
      const [count, end] = marksAt(line, column)
      around.push({ column, levels: (around.at(-1)?.levels ?? 0) + 1 + count })
      from = end
    }
    if (around.at(-1)!.levels + brackets.pass(line, from) > most) return n + 1
  }
  return undefined
}

/**
 * A text as a URL; undefined for one that is none. `URL.canParse` of Node.js 20.20 refuses letters beyond ASCII once it
 * is called often enough to be compiled.
 */
export const urlOf = (text: string | URL, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

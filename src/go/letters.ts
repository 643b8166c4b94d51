import { remembered } from '../model/remembered.ts'

const NOT_ASCII = /[^\0-\x7f]/

/**
 * Go's strings.ToLower, which goes letter by letter: `İ` becomes `i`, and a sigma at a word's end stays `σ`, where
 * JavaScript looks at what stands around.
 */
export const goLower = remembered((text) =>
  NOT_ASCII.test(text)
    ? Array.from(text, (letter) => (letter === 'İ' ? 'i' : letter.toLowerCase())).join('')
    : text.toLowerCase(),
)

const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** Go's strings.TrimSpace: other than JavaScript's it takes U+0085, and leaves a byte order mark. */
export const goTrim = remembered((text) => {
  let from = 0
  let to = text.length
  while (from < to && SPACE.test(text[from]!)) from++
  while (from < to && SPACE.test(text[to - 1]!)) to--
  return text.slice(from, to)
})

import type { JSX } from 'preact'

/** Past this many letters a text is drawn in one piece. */
const MOST_COLOURED = 20_000

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value, null, 2)
  } catch {
    return 'This is nested too deeply to be shown.'
  }
}

/** The pieces of a JSON text, each with the class that it is drawn in. */
const pieces = (text: string): (string | JSX.Element)[] => {
  const found: (string | JSX.Element)[] = []
  let last = 0
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match
    found.push(text.slice(last, match.index))
    const name = colon !== undefined ? 'key' : string !== undefined ? 'string' : 'literal'
    found.push(
      <span key={match.index} class={name}>
        {string ?? whole}
      </span>,
      colon ?? '',
    )
    last = match.index + whole.length
  }
  return [...found, text.slice(last)]
}

/** A value as text: JSON, or what is none as it is. */
export const Json = ({ value, label }: { readonly value: unknown; readonly label: string }): JSX.Element => {
  const text = textOf(value)
  return (
    <pre class="json" dir="ltr" tabIndex={0} role="region" aria-label={label}>
      {typeof value === 'string' || text.length > MOST_COLOURED ? text : pieces(text)}
    </pre>
  )
}

import type { JSX } from 'preact'

/** A text whose parts between backticks are code. */
export const withCode = (text: string): (string | JSX.Element)[] =>
  text.split('`').map((part, n) => (n % 2 === 0 ? part : <code key={n}>{part}</code>))

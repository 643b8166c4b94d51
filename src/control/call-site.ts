/** The header in which a caller in another process says where a rule was armed, percent-encoded. */
export const CALL_SITE_HEADER = 'ory-mock-call-site'

/** The longest place that a message shows. */
const LONGEST = 500

/** Where the running call of a function came from, `file:line:column`; undefined where the runtime does not say. */
export const callSite = (callee: (...args: never[]) => unknown): string | undefined => {
  const held: { stack?: string } = {}
  ;(Error as Partial<ErrorConstructor>).captureStackTrace?.(held, callee)
  const frame = held.stack?.split('\n').find((line) => /^\s+at /.test(line))
  const place =
    frame === undefined ? undefined : (/\((.*)\)$/.exec(frame)?.[1] ?? frame.replace(/^\s+at (?:async )?/, ''))
  return place?.replace(/^file:\/\//, '')
}

/** A place as its header gives it; undefined for what is none. */
export const readCallSite = (header: string | undefined): string | undefined => {
  try {
    return header === undefined ? undefined : decodeURIComponent(header).slice(0, LONGEST)
  } catch {
    return undefined
  }
}

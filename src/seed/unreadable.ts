/** The usual reasons of a system for a file that it does not give, in words that go on after `found`. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file: a part of its path is no folder',
  EISDIR: 'a folder',
  EACCES: 'a file that this user may not read',
  EPERM: 'a file that this user may not read',
  ELOOP: 'links that lead in a circle',
  ENAMETOOLONG: 'a name that is too long for a file',
  EMFILE: 'too many files open already',
  EDEVICE: 'a device, which may have no end',
  ESOCKET: 'a socket',
  EFBIG: 'more than half a gigabyte, which is too large',
  ENOWRITER: 'a pipe that nobody writes to, or nothing',
}

/** What is not read, though the system would. */
export class UnreadableError extends Error {
  readonly code: 'EDEVICE' | 'ESOCKET' | 'EFBIG' | 'ENOWRITER'

  constructor(code: UnreadableError['code']) {
    super(code)
    this.code = code
  }
}

const codeOf = (error: unknown): string | undefined => (error as { readonly code?: string } | undefined)?.code

/** What was found in place of a file that can be read. */
export const whyUnreadable = (error: unknown): string => {
  const code = codeOf(error)
  return code === undefined ? String(error) : (WORDS[code] ?? code)
}

/** Whether nothing is there, rather than something that cannot be read. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')

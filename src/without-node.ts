import type { Listening } from './sockets/listen.ts'
import { FixtureError, problemOf } from './seed/problem.ts'
import type { Source, Stamps } from './seed/source.ts'

// What stands in the place of sockets/listen.ts and seed/read.ts where there is neither a port nor a file, as in a browser.

/** @throws Error always. */
export const listen = async (): Promise<Listening> => {
  throw new Error('startMock needs Node, to open a port. Here createMock serves in-process, by its fetch.')
}

/** @throws FixtureError always. */
export const readSource = async (file: string | URL): Promise<Source> => {
  const expected = 'an object or an array, since reading a file needs Node'
  throw new FixtureError([problemOf({ file: String(file), pointer: '', expected, found: 'the path of a file' })])
}

/** No file is found here. */
export const findJson = async (url: string): Promise<{ readonly why: string; readonly file: string }> => ({
  file: url,
  why: 'which cannot be read: reading a file needs Node',
})

/** @throws FixtureError always. */
export const watchFiles =
  () =>
  async (files: Stamps): Promise<void> => {
    await readSource([...files.keys()][0] ?? '')
  }

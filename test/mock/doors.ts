import { describe } from 'vitest'
import { connect, createMock, startMock, type Mock, type MockOptions } from '../../src/index.ts'

/** A mock behind a port, held by what `connect` gives. */
const startConnected = async (options: MockOptions = {}): Promise<Mock> => {
  const behind = await startMock({ port: 0, ...options })
  const ory = connect(behind.url, { publicUrl: behind.publicUrl })
  ory.close = () => behind.close()
  return ory
}

/** The same suite through every way to a mock: in this process, behind a port of it, and connected. */
export const describeDoors = (
  title: string,
  suite: (start: (options?: MockOptions) => Promise<Mock>) => void,
): void => {
  describe.each([
    ['in-process', createMock],
    ['with a port', (options?: MockOptions) => startMock({ port: 0, ...options })],
    ['connected', startConnected],
  ] as const)(`${title}, %s`, (_name, start) => {
    suite(start)
  })
}

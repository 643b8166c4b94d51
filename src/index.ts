export { createMock, startMock, type Mock } from './mock.ts'
export type { MockOptions } from './options.ts'

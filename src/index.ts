export { connect, type ConnectOptions } from './connect.ts'
export { ControlError } from './control/control-error.ts'
export type { ArmedRule, FaultRule, UnfiredRule } from './faults/rule.ts'
export type { RecordedRequest } from './journal/entry.ts'
export type { RequestFilter } from './journal/filter.ts'
export { createMock, startMock } from './mock.ts'
export type {
  DurationInput,
  Mock,
  MockClock,
  MockFaults,
  MockProject,
  MockRequests,
  SignedIn,
  SignInOptions,
  Snapshot,
  TimeInput,
} from './mock-interface.ts'
export { OptionError, type MockOptions } from './options.ts'
export { FixtureError } from './seed/problem.ts'
export type { SeededJson } from './seed/seed.ts'

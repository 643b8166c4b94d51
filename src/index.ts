export { connect, type ConnectOptions } from './connect.ts'
export { ControlError } from './control/control-error.ts'
export type { PageFault } from './faults/page-fault.ts'
export type { PresetName } from './faults/presets.ts'
export type {
  ArmedRule,
  ConnectionEffect,
  CutBodyEffect,
  EvenDelay,
  FalseBodyEffect,
  FaultDelay as Delay,
  FaultEffect as Effect,
  FaultError,
  FaultHeaders,
  FaultMatch,
  FaultMethod,
  FaultRule,
  FaultRules,
  FaultStep,
  FaultWhen,
  LognormalDelay,
  PageEffect,
  PresetEffect,
  RateLimit,
  RateLimitEffect,
  SlowBodyEffect,
  Span,
  StatusEffect,
  UnfiredRule,
} from './faults/rule.ts'
export type { RecordedRequest } from './journal/entry.ts'
export type { RequestFilter } from './journal/filter.ts'
export type { LogLevel } from './journal/log.ts'
export { createMock, startMock } from './mock.ts'
export type {
  DurationInput,
  Mock,
  MockClock,
  MockFaults,
  MockProject,
  MockRequests,
  ProjectOptions,
  SignedIn,
  SignInOptions,
  Snapshot,
  TimeInput,
  WaitOptions,
} from './mock-interface.ts'
export type { RecoveryAddress } from './model/identity.ts'
export type { OperationId } from './model/operations.ts'
export type {
  PrintedCredential,
  PrintedDevice,
  PrintedIdentity,
  PrintedSession,
  PrintedVerifiableAddress,
  SeededIdentity,
  SeededSession,
  Traits,
} from './model/printed.ts'
export type { AuthenticationMethod, Device } from './model/session.ts'
export type { SignInMethod } from './model/sign-in-methods.ts'
export { OptionError, type MockOptions, type OptionProblem } from './options.ts'
export type { DatabaseName } from './databases/database.ts'
export type { CustomProfile, ProfileName, ProfileOption } from './profiles/profile.ts'
export type { QuirkName } from './profiles/quirks.ts'
export type {
  CredentialType,
  Fixture,
  FixtureAuthenticationMethod,
  FixtureContent,
  FixtureCredential,
  FixtureDevice,
  FixtureGenerate,
  FixtureIdentity,
  FixtureImport,
  FixtureRecoveryAddress,
  FixtureSchema,
  FixtureSession,
  FixtureSessionCount,
  FixtureSignIn,
  FixtureTime,
  FixtureVerifiableAddress,
  ListedSchema,
  NamedSession,
  OwnedSession,
  Seed,
} from './seed/fixture.ts'
export { UnboundError } from './sockets/unbound.ts'
export { FixtureError, type Problem as FixtureProblem } from './seed/problem.ts'
export type { SeededJson } from './seed/seed.ts'

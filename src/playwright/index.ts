import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import { connect } from '../connect.ts'
import type { Mock, SignedIn } from '../mock-interface.ts'
import { startMock } from '../mock.ts'
import type { MockOptions } from '../options.ts'
import { withProject, type TestProject } from '../verdict/test-project.ts'
import { transcript } from '../verdict/transcript.ts'
import { cookiesOf } from './cookies.ts'

export type { TestProject } from '../verdict/test-project.ts'

/** What tests get beside Playwright's own fixtures. */
export interface OryFixtures {
  /** A mock of the test's own: it starts from the seeded state and is gone after the test. */
  readonly ory: TestProject
  /**
   * Signs an identity in at once, as `ory.signIn` does, and puts the cookie into the browser's context: for the host of
   * the mock and for that of `baseURL`, on any port of them.
   */
  readonly signIn: Mock['signIn']
}

/** What a worker has. */
export interface OryWorkerFixtures {
  /**
   * An option, for `use` of the configuration: the URL of a mock that runs, such as one that `webServer` started; or
   * the options of the mock that each worker starts. Default: any free port, and all origins may call it (`cors: '*'`).
   */
  readonly oryMock: string | MockOptions
  /** The whole mock of the worker. */
  readonly oryRoot: Mock
}

/**
 * Playwright's `test` with the fixtures `ory`, a project of its own for each test, and `signIn`. After the test, also
 * after one that failed, each fault rule that it armed must have fired and no request may have met an operation that is not modelled
 * (501), and the project is removed. To a test that failed, what its mock saw is attached.
 * @example test('greets Ada', async ({ ory, page, signIn }) => { await signIn('ada@example.com'); await page.goto('/') })
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & OryFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & OryWorkerFixtures
> = base.extend<OryFixtures, OryWorkerFixtures>({
  oryMock: [{}, { option: true, scope: 'worker' }],
  oryRoot: [
    async ({ oryMock }, use) => {
      if (typeof oryMock === 'string') return await use(connect(oryMock))
      await using mock = await startMock({ port: 0, cors: '*', logLevel: 'silent', ...oryMock })
      await use(mock)
    },
    { scope: 'worker' },
  ],
  ory: async ({ oryRoot }, use, testInfo) => {
    await withProject(oryRoot, use, async ({ requests }) => {
      if (testInfo.status === testInfo.expectedStatus) return
      const body = transcript(testInfo.title, await requests.list())
      await testInfo.attach('requests to the mock', { body, contentType: 'text/plain' })
    })
  },
  signIn: async ({ ory, context, baseURL }, use) => {
    await use(async (...args): Promise<SignedIn> => {
      const signedIn = await ory.signIn(...args)
      await context.addCookies(cookiesOf(signedIn.cookie, [ory.publicUrl, ...(baseURL === undefined ? [] : [baseURL])]))
      return signedIn
    })
  },
})

import { describe, expect, test } from 'vitest'
import { flowScripts, profiles, replayFlows, type FlowRelease } from './replay-flows.ts'

describe.each(Object.keys(profiles) as FlowRelease[])('Kratos %s', (release) => {
  test.each(flowScripts.flatMap((script) => [[script, 'in-process'] as const, [script, 'socket'] as const]))(
    'walked %s as the mock does %s',
    async (script, door) => {
      expect((await replayFlows(release, script, door)).found).toEqual([])
    },
  )
})

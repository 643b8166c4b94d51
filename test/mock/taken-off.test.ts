import { expect, test } from 'vitest'
import { person } from '../support.ts'
import { describeDoors } from './doors.ts'

describeDoors('A mock', (start) => {
  test('lets each of its methods be taken off', async () => {
    const { seed, signIn, snapshot, restore, reset, project, close, fetch: ask } = await start({ seed: [] })
    const { identities } = await seed({ identities: [person(1)] })
    expect((await signIn(identities[0]!)).token).toMatch(/^ory_st_/)
    const kept = await snapshot()
    await reset()
    expect(await (await ask('/admin/identities')).json()).toEqual([])
    await restore(kept)
    expect(await (await ask('/admin/identities')).json()).toHaveLength(1)
    const own = await project()
    const { seed: seedOwn, fetch: askOwn, close: remove } = own
    await seedOwn({ identities: [person(2)] })
    expect(await (await askOwn('/admin/identities')).json()).toHaveLength(1)
    await remove()
    expect((await askOwn('/admin/identities')).status).toBe(410)
    await close()
  })
})

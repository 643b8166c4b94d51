import { setup, type GlobalSetup } from 'ory-identities-mock/vitest/setup'
import { NOW, seed } from './people.ts'

/** The ready setup with a seed, which says at the end how many projects are left. */
const counting: GlobalSetup = async (project) => {
  let url = ''
  const stop = await setup({
    seed,
    now: NOW,
    faults: { id: 'armed', match: { operation: 'listSessions' }, effect: { status: 503 } },
  })({
    provide: (key, value) => {
      url = (value as { url: string }).url
      project.provide(key, value)
    },
  })
  return async () => {
    const left = (await (await fetch(`${url}/_mock/projects`)).json()) as unknown[]
    console.log(`projects left: ${left.length}`)
    await stop()
  }
}
export default counting

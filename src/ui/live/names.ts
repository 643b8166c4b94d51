import { useEffect } from 'preact/hooks'
import type { PeoplePage } from '../../control/people.ts'
import { sleep } from '../../world/timer.ts'
import { connection } from './follow.ts'
import { control } from './mock.ts'
import { Store, useStore } from './store.ts'

/** How long is waited for more to ask for at once, in milliseconds, and how many those are at most. */
const GATHER = 30
const MOST = 100

/** Identifiers by the ids of identities; `''` for one that has none, or is not there. */
const names: Store<ReadonlyMap<string, string>> = new Store<ReadonlyMap<string, string>>(new Map())
const wanted = new Set<string>()

// Another mock may have come in the place of this one.
connection.listen(() => {
  if (connection.value.is === 'away') names.value = new Map()
})

const ask = async (): Promise<void> => {
  await sleep(GATHER)
  const ids = [...wanted].slice(0, MOST)
  for (const id of ids) wanted.delete(id)
  if (ids.length === 0) return
  try {
    const { people } = await control<PeoplePage>(`/people?ids=${ids.join(',')}`)
    const found = people.map(({ id, identifier }) => [id, identifier] as const)
    names.value = new Map([...names.value, ...ids.map((id) => [id, ''] as const), ...found])
  } catch {
    // Ids are names enough while the mock is away.
  }
}

/** What an identity is called, once that is known. */
export const useName = (id: string | undefined): string | undefined => {
  const name = useStore(names).get(id ?? '')
  useEffect(() => {
    if (id === undefined || name !== undefined) return
    wanted.add(id)
    void ask()
  }, [id, name])
  return name === '' ? undefined : name
}

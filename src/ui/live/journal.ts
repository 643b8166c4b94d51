import { useEffect } from 'preact/hooks'
import type { RecordedRequest } from '../../journal/entry.ts'
import { control } from './mock.ts'
import { Store, useStore } from './store.ts'

/** How many requests the page keeps, as the journal does. */
const MOST = 1000

type Entries = readonly RecordedRequest[]

/** The journal as far as it is known: undefined until it was asked for. */
const requests: Store<Entries | undefined> = new Store<Entries | undefined>(undefined)

/** What came since it was drawn last, or asked for. */
let fresh: RecordedRequest[] = []
let isWanted = false
/** Counts what was asked for, since only the last answer is of use. */
let asked = 0
let isThere = false

/** Puts entries behind those that are there, by their numbers; a newer state of one replaces it. */
const draw = (): void => {
  if (!isThere) return
  const merged = new Map([...(requests.value ?? []), ...fresh].map((entry) => [entry.seq, entry]))
  requests.value = [...merged.values()].sort((a, b) => a.seq - b.seq).slice(-MOST)
  fresh = []
}

/** Asks for the journal, if something shows it; what is shown stays until then. */
export const loadJournal = async (): Promise<void> => {
  if (!isWanted) return
  const turn = ++asked
  isThere = false
  fresh = []
  try {
    const entries = await control<Entries>('/requests')
    if (turn !== asked) return
    requests.value = entries
    isThere = true
    draw()
  } catch {
    // The connection ends as well, then.
  }
}

/** Takes a request that came, or changed. */
export const hearRequest = (entry: RecordedRequest): void => {
  if (!isWanted) return
  if (fresh.length === 0) requestAnimationFrame(draw)
  fresh.push(entry)
}

export const forgetRequests = (): void => {
  if (isThere) requests.value = []
  void loadJournal()
}

/** The journal as it happens, from when something first shows it; undefined while it is not known. */
export const useRequests = (): Entries | undefined => {
  useEffect(() => {
    if (isWanted) return
    isWanted = true
    void loadJournal()
  }, [])
  return useStore(requests)
}

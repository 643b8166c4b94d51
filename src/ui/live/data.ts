import { useEffect, useState } from 'preact/hooks'
import { sleep } from '../../world/timer.ts'
import { connection, revision } from './follow.ts'
import { control, Refusal } from './mock.ts'

/** What the mock told, the last time that it was asked. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly refusal: string | undefined
}

const NOTHING = { value: undefined, refusal: undefined }

/** At least so long between two loads, in milliseconds. */
const PACE = 250

/** What a call of the control plane gives, loaded anew whenever the data of the project changes. */
export const useControl = <T>(path: string): Loaded<T> => {
  const [loaded, setLoaded] = useState<Loaded<T>>(NOTHING)
  useEffect(() => {
    const over = new AbortController()
    let isWanted = false
    let isBusy = false
    const load = async (): Promise<void> => {
      try {
        setLoaded({ value: await control<T>(path, 'GET', over.signal), refusal: undefined })
      } catch (error) {
        const isGone = over.signal.aborted || !(error instanceof Refusal) || error.status === 0
        if (!isGone) setLoaded({ value: undefined, refusal: error.message })
      }
    }
    const run = async (): Promise<void> => {
      isWanted = connection.value.is !== 'away'
      if (isBusy) return
      isBusy = true
      while (isWanted && !over.signal.aborted) {
        isWanted = false
        await load()
        await sleep(PACE)
      }
      isBusy = false
    }
    void run()
    const leave = revision.listen(() => void run())
    return () => {
      over.abort()
      leave()
    }
  }, [path])
  return loaded
}

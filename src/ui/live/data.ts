import { useEffect, useState } from 'preact/hooks'
import { sleep } from '../../world/timer.ts'
import { connection, revision } from './follow.ts'
import { known } from './known.ts'
import { control, Refusal, root } from './mock.ts'

/** What the mock told, the last time that it was asked. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly refusal: string | undefined
  /** Whether that is the answer to something else, and this one is still to come. */
  readonly isOld: boolean
}

interface Answer {
  readonly path: string
  readonly value: unknown
  readonly refusal: string | undefined
}

/** At least so long between two loads, in milliseconds. */
const PACE = 250

/** Answers that came with the page, as long as nothing has changed since. */
const first = (path: string): Answer | undefined =>
  path === '/people' && revision.value === 0 ? { path, value: known.people, refusal: undefined } : undefined

/** A path with those parameters that say something. */
export const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return params.size === 0 ? path : `${path}?${params.toString()}`
}

/**
 * What a call of the control plane gives, loaded anew whenever the data of the project changes.
 * @param at the root of what is asked.
 */
export const useControl = <T>(path: string, at: string = root): Loaded<T> => {
  const [answer, setAnswer] = useState<Answer | undefined>(() => first(path))
  useEffect(() => {
    const over = new AbortController()
    let isWanted = false
    let isBusy = false
    const load = async (): Promise<void> => {
      try {
        setAnswer({ path, value: await control<T>(path, { at, signal: over.signal }), refusal: undefined })
      } catch (error) {
        const isGone = over.signal.aborted || !(error instanceof Refusal) || error.status === 0
        if (!isGone) setAnswer({ path, value: undefined, refusal: error.message })
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
    if (first(path) === undefined) void run()
    const leave = revision.listen(() => void run())
    return () => {
      over.abort()
      leave()
    }
  }, [path, at])
  const isOld = answer?.path !== path
  return { value: answer?.value as T | undefined, refusal: isOld ? undefined : answer?.refusal, isOld }
}

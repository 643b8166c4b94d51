import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { sleep } from '../../world/timer.ts'
import { Store, useStore } from '../live/store.ts'

interface Announcement {
  readonly text: string
  /** What was copied, so that it can also be read, and taken by hand. */
  readonly copied: string | undefined
  /** Whether it has to be taken by hand. */
  readonly isOpen: boolean
}

const SHOWN = 6000

const announcement: Store<Announcement | undefined> = new Store<Announcement | undefined>(undefined)

/** What stays, since it is being read. */
let kept: Announcement | undefined

const forget = async (said: Announcement): Promise<void> => {
  await sleep(SHOWN)
  if (announcement.value === said && kept !== said) hush()
}

/** Says something in passing, to eye and ear. */
export const tell = (text: string, copied?: string, isOpen = false): void => {
  const said = { text, copied, isOpen }
  if (isOpen) kept = said
  announcement.value = said
  void forget(said)
}

/** Takes back what was said: something else is done now. */
export const hush = (): void => {
  announcement.value = undefined
}

/** Puts a text on the clipboard, and shows what it was: a browser gives a clipboard to pages of this machine alone. */
export const copy = async (what: string, text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    tell(`Copied: ${what}.`, text)
  } catch {
    tell(`This browser gives the page no clipboard. Take the ${what} from here.`, text, true)
  }
}

/** Where it is said: in the bar at the top, where it covers nothing. */
export const Announcements = (): JSX.Element => {
  const said = useStore(announcement)
  const [read, setRead] = useState<Announcement | undefined>(undefined)
  const isOpen = said?.copied !== undefined && (said.isOpen || read === said)
  const show = (): void => {
    kept = said
    setRead(said)
  }
  return (
    <div class={said === undefined ? 'announcement' : 'announcement shown'}>
      <p role="status">{said?.text}</p>
      {said?.copied === undefined || isOpen ? null : (
        <button type="button" class="quiet" onClick={show}>
          Show
        </button>
      )}
      {said === undefined ? null : (
        <button type="button" class="quiet" aria-label="Dismiss" onClick={hush}>
          ✕
        </button>
      )}
      {isOpen ? (
        <pre tabIndex={0} aria-label="What was copied">
          {said.copied?.slice(0, 4000)}
        </pre>
      ) : null}
    </div>
  )
}

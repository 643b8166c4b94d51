import type { JSX } from 'preact'
import { sleep } from '../../world/timer.ts'
import { Store, useStore } from '../live/store.ts'

interface Announcement {
  readonly text: string
  /** What was copied, so that it can also be read, and taken by hand. */
  readonly copied: string | undefined
  /** Whether that is shown: it stays, then, until it is dismissed. */
  readonly isOpen: boolean
}

const SHOWN = 6000

const announcement: Store<Announcement | undefined> = new Store<Announcement | undefined>(undefined)

const forget = async (said: Announcement): Promise<void> => {
  await sleep(SHOWN)
  if (announcement.value === said) hush()
}

/** Says something in passing, to eye and ear. */
export const tell = (text: string, copied?: string, isOpen = false): void => {
  const said = { text, copied, isOpen }
  announcement.value = said
  if (!isOpen) void forget(said)
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
  return (
    <div class={said === undefined ? 'announcement' : 'announcement shown'}>
      <p role="status">{said?.text}</p>
      {said?.copied === undefined ? null : (
        <button
          type="button"
          class="quiet"
          aria-expanded={said.isOpen}
          onClick={() => (announcement.value = { ...said, isOpen: !said.isOpen })}
        >
          {said.isOpen ? 'Hide' : 'Show'}
        </button>
      )}
      {said === undefined ? null : (
        <button type="button" class="quiet" aria-label="Dismiss" onClick={hush}>
          ✕
        </button>
      )}
      {said?.copied === undefined || !said.isOpen ? null : (
        <pre tabIndex={0} aria-label="What was copied">
          {said.copied.slice(0, 4000)}
        </pre>
      )}
    </div>
  )
}

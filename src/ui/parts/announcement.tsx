import type { JSX } from 'preact'
import { sleep } from '../../world/timer.ts'
import { Store, useStore } from '../live/store.ts'

interface Announcement {
  readonly text: string
  /** What was copied, so that it can also be read, and taken by hand. */
  readonly copied: string | undefined
}

const SHOWN = 6000

const announcement: Store<Announcement | undefined> = new Store<Announcement | undefined>(undefined)

const forget = async (said: Announcement): Promise<void> => {
  await sleep(SHOWN)
  if (announcement.value === said) announcement.value = undefined
}

/** Says something in passing, to eye and ear. */
export const tell = (text: string, copied?: string): void => {
  const said = { text, copied }
  announcement.value = said
  void forget(said)
}

/** Puts a text on the clipboard, and shows what it was: a browser gives a clipboard to pages of this machine alone. */
export const copy = async (what: string, text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    tell(`Copied: ${what}.`, text)
  } catch {
    tell(`This browser gives the page no clipboard. Take the ${what} from here.`, text)
  }
}

/** Where it is said. */
export const Announcements = (): JSX.Element => {
  const said = useStore(announcement)
  return (
    <div class={said === undefined ? 'announcement' : 'announcement shown'}>
      <p role="status">{said?.text}</p>
      {said?.copied === undefined ? null : (
        <pre tabIndex={0} aria-label="What was copied">
          {said.copied.slice(0, 4000)}
        </pre>
      )}
      {said === undefined ? null : (
        <button type="button" class="quiet" aria-label="Dismiss" onClick={() => (announcement.value = undefined)}>
          ✕
        </button>
      )}
    </div>
  )
}

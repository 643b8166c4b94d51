import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import { hush, tell } from './announcement.tsx'

interface VerbProps {
  /** What it is called, by eye and ear. */
  readonly label: string
  readonly act: () => unknown
  /** What is said when it is done. */
  readonly done?: string
  readonly kind?: 'primary' | 'danger' | 'quiet'
  readonly disabled?: boolean
  readonly children?: ComponentChildren
  readonly describedBy?: string
}

/** Why something was refused, beside what was refused. */
export const Refused = ({ reason }: { readonly reason: string | undefined }): JSX.Element | null =>
  reason === undefined ? null : (
    <span class="refusal" role="alert">
      {reason}
    </span>
  )

/** A button that does something; a refusal stands beside it until it is tried again. */
export const Verb = ({ label, act, done, kind, disabled, children, describedBy }: VerbProps): JSX.Element => {
  const [reason, setReason] = useState<string | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const press = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setReason(undefined)
    hush()
    try {
      await act()
      if (done !== undefined) tell(done)
    } catch (error) {
      setReason(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  return (
    <span class="verb">
      <button
        type="button"
        class={kind ?? ''}
        disabled={disabled === true}
        aria-busy={isBusy}
        aria-describedby={describedBy}
        onClick={() => void press()}
      >
        {children ?? label}
      </button>
      <Refused reason={reason} />
    </span>
  )
}

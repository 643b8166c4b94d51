import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { copy, tell } from './announcement.tsx'

/** A form in which something can be copied. */
export interface CopyForm {
  readonly name: string
  readonly text: () => string | Promise<string>
}

/** A menu of the forms in which something can be copied. */
export const CopyAs = ({ forms }: { readonly forms: readonly CopyForm[] }): JSX.Element => {
  const [isOpen, setOpen] = useState(false)
  const menu = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  // At once: the next key may follow in no time.
  useLayoutEffect(() => {
    if (!isOpen) return
    items()[0]?.focus()
    const leave = ({ target }: Event): void => {
      if (target instanceof Node && menu.current?.parentElement?.contains(target) !== true) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [isOpen])
  const take = async ({ name, text }: CopyForm): Promise<void> => {
    close()
    try {
      await copy(name, await text())
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error))
    }
  }
  const move = (event: KeyboardEvent): void => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault()
      close()
    } else if (event.key in to) {
      event.preventDefault()
      all.at(to[event.key]! % all.length)?.focus()
    }
  }
  return (
    <span class="copy-as">
      <button ref={button} type="button" aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Copy as
      </button>
      {isOpen ? (
        <div ref={menu} role="menu" aria-label="Copy as" tabIndex={-1} onKeyDown={move}>
          {forms.map((form) => (
            <button key={form.name} type="button" role="menuitem" tabIndex={-1} onClick={() => void take(form)}>
              {form.name}
            </button>
          ))}
        </div>
      ) : null}
    </span>
  )
}

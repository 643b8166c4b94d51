import type { FirstView } from '../../control/first-view.ts'

export interface Known extends FirstView {
  /** Which page this is. */
  readonly build: string
}

/** What came with the page. */
export const known: Known = JSON.parse(document.querySelector('#known')!.textContent) as Known

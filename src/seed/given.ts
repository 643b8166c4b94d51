/** The ids, or the tokens, that fixtures give: each of them is for the first who takes it. */
export class Given {
  readonly #all = new Set<string>()
  /** Those that more than one gave, and which of them were taken. */
  readonly #repeated = new Map<string, boolean>()

  /** @param text nobody gave where it is empty. */
  add(text: string): void {
    if (text === '') return
    const { size } = this.#all
    if (this.#all.add(text).size === size) this.#repeated.set(text, false)
  }

  /** @returns false for what somebody took before. */
  take(text: string): boolean {
    if (this.#repeated.size === 0) return true
    const isTaken = this.#repeated.get(text)
    if (isTaken === false) this.#repeated.set(text, true)
    return isTaken !== true
  }

  /** Draws until it comes upon what nobody gave. */
  other(draw: () => string): string {
    let text = draw()
    while (this.#all.size > 0 && this.#all.has(text)) text = draw()
    return text
  }
}

import type { Walk } from './walk.ts'

/** A row of a page, and what is to be said of it. */
export interface JudgedRow {
  readonly id: string
  readonly mark: 'seen twice' | 'not of this list' | undefined
  /** The rows of the list that should have stood before it, and are on none of the pages. */
  readonly passedOver: readonly string[]
}

export interface Verdict {
  readonly pages: readonly (readonly JudgedRow[])[]
  readonly seen: number
  readonly twice: number
  readonly passedOver: number
}

/** Compares what the pages of a walk gave with the list itself. */
export const verdictOf = ({ pages, truth }: Walk): Verdict => {
  const places = new Map(truth.map((id, place) => [id, place]))
  const onPages = new Set(pages.flatMap(({ ids }) => ids))
  const seen = new Set<string>()
  let furthest = 0
  let [twice, passed] = [0, 0]
  const judged = pages.map(({ ids }) =>
    ids.map((id): JudgedRow => {
      const place = places.get(id)
      const mark = seen.has(id) ? 'seen twice' : place === undefined ? 'not of this list' : undefined
      seen.add(id)
      if (mark === 'seen twice') twice++
      const between = place === undefined ? [] : truth.slice(furthest, place)
      const passedOver = between.filter((one) => !onPages.has(one))
      passed += passedOver.length
      if (place !== undefined) furthest = Math.max(furthest, place + 1)
      return { id, mark, passedOver }
    }),
  )
  return { pages: judged, seen: [...seen].filter((id) => places.has(id)).length, twice, passedOver: passed }
}

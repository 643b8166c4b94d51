import { refuse } from './inputs.ts'

const MOST = 500
const USUAL = 25

/** Reads the size of a page: 1 to 500, default 25. @throws KratosError 400. */
export const pageSize = (text: string | null): number => {
  if (text === null) return USUAL
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (size < 1 || size > MOST) throw refuse(`page_size goes from 1 to ${MOST}, not ${JSON.stringify(text)}.`)
  return size
}

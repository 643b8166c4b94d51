/** How a list can lie about its pages. */
export const pageFaults = [
  'repeat',
  'skip',
  'empty',
  'loop',
  'drop-next',
  'duplicate',
  'wrong-total',
  'expire-token',
  'shift',
] as const

/** A lie about pages. */
export type PageFault = (typeof pageFaults)[number]

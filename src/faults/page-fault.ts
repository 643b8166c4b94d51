/** How a list can lie about its pages. */
export type PageFault =
  | 'repeat'
  | 'skip'
  | 'empty'
  | 'loop'
  | 'drop-next'
  | 'duplicate'
  | 'wrong-total'
  | 'expire-token'
  | 'shift'

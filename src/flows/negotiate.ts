interface Wanted {
  readonly type: string
  readonly quality: number
}

const wantedOf = (accept: string): Wanted[] =>
  accept.split(',').flatMap((part) => {
    const [type = '', ...parameters] = part.split(';').map((one) => one.trim())
    if (!/^[^/\s]+\/[^/\s]+$/.test(type)) return []
    const quality = parameters.map((one) => /^q=([\d.]+)$/.exec(one)?.[1]).find((q) => q !== undefined)
    return [{ type: type.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }]
  })

/** How many offers a type takes: one, those of a kind, all; more than that for one that it does not take. */
const breadthOf = (type: string, offer: string): number => {
  if (type === '*/*') return 2
  return type.endsWith('/*') && offer.startsWith(type.slice(0, -1)) ? 1 : type === offer ? 0 : 3
}

/** The better of what is offered by an Accept header: exact types before wild ones, the first offer without one. */
export const negotiated = (accept: string | undefined, offers: readonly string[]): string => {
  let best = offers[0]!
  let quality = -1
  let wild = 3
  for (const offer of offers) {
    for (const one of wantedOf(accept ?? '')) {
      if (one.quality === 0 || one.quality < quality) continue
      const breadth = breadthOf(one.type, offer)
      if (breadth === 3 || (one.quality === quality && breadth >= wild)) continue
      best = offer
      quality = one.quality
      wild = breadth
    }
  }
  return best
}

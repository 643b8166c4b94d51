/** The entries of a `Link` header in their order, as Kratos writes them: relation and target. */
export type Links = readonly (readonly [rel: string, target: string])[]

export const readLinks = (header: string): Links =>
  Array.from(header.matchAll(/<([^>]*)>; rel="([^"]*)"/g), ([, target, rel]) => [rel!, target!] as const)

export const writeLinks = (links: Links): string => links.map(([rel, target]) => `<${target}>; rel="${rel}"`).join(',')

export const linkFor = (links: Links, rel: string): string | undefined => links.find(([name]) => name === rel)?.[1]

/** The links with one of them changed, added at the end, or, without a target, left out. */
export const withLink = (links: Links, rel: string, target: string | undefined): Links => {
  if (target === undefined) return links.filter(([name]) => name !== rel)
  if (linkFor(links, rel) === undefined) return [...links, [rel, target]]
  return links.map((link) => (link[0] === rel ? [rel, target] : link))
}

/** What follows the `?` of a link. */
export const queryOf = (target: string): string => target.slice(target.indexOf('?') + 1)

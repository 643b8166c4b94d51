/** Header names and values in turn, in the casing and order in which they are sent. */
export type HeaderList = readonly string[]

/** The first value of a header. @param name as the list has it. */
export const headerIn = (headers: HeaderList, name: string): string | undefined => {
  for (let at = 0; at < headers.length; at += 2) if (headers[at] === name) return headers[at + 1]
  return undefined
}

/** The first value of a header in whatever casing. @param name in lower case. */
export const fieldIn = (headers: HeaderList, name: string): string | undefined => {
  for (let at = 0; at < headers.length; at += 2) {
    const there = headers[at]!
    if (there.length === name.length && there.toLowerCase() === name) return headers[at + 1]
  }
  return undefined
}

/** The headers without those whose names, as the list has them, a test takes. */
export const withoutHeaders = (headers: HeaderList, takes: (name: string) => boolean): HeaderList =>
  headers.filter((_, at) => !takes(headers[at - (at % 2)]!))

/** The headers without one. @param name as the list has it. */
export const withoutHeader = (headers: HeaderList, name: string): HeaderList =>
  withoutHeaders(headers, (one) => one === name)

/** The headers with one in place of the same, or behind all others. @param name as the list has it. */
export const withHeader = (headers: HeaderList, name: string, value: string): HeaderList => {
  const at = headers.findIndex((part, n) => n % 2 === 0 && part === name)
  return at < 0 ? [...headers, name, value] : headers.toSpliced(at + 1, 1, value)
}

/** As the platform's objects take them: quickest as a record, in which no name stands twice. */
export const platformHeaders = (headers: HeaderList): Record<string, string> | [name: string, value: string][] => {
  const pairs: [string, string][] = []
  const record: Record<string, string> = {}
  const areCookies = headers.includes('Set-Cookie')
  for (let at = 0; at < headers.length; at += 2) {
    if (areCookies) pairs.push([headers[at]!, headers[at + 1]!])
    else record[headers[at]!] = headers[at + 1]!
  }
  return areCookies ? pairs : record
}

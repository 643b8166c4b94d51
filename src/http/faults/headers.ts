import type { HeaderList } from '../../model/headers.ts'

/** Headers with some set, in whatever casing they were there before. */
export const withHeaders = (headers: HeaderList, set: Readonly<Record<string, string>>): HeaderList => {
  const names = new Set(Object.keys(set).map((name) => name.toLowerCase()))
  const kept = headers.filter((_, at) => !names.has(headers[at - (at % 2)]!.toLowerCase()))
  return [...kept, ...Object.entries(set).flat()]
}

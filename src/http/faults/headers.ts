import { withoutHeaders, type HeaderList } from '../../model/headers.ts'

/** Headers with some set, in whatever casing they were there before. */
export const withHeaders = (headers: HeaderList, set: Readonly<Record<string, string>>): HeaderList => {
  const names = new Set(Object.keys(set).map((name) => name.toLowerCase()))
  return [...withoutHeaders(headers, (name) => names.has(name.toLowerCase())), ...Object.entries(set).flat()]
}

/** Headers with some set, in whatever casing they were there before. */
export const withHeaders = (
  headers: Readonly<Record<string, string>>,
  set: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const names = new Set(Object.keys(set).map((name) => name.toLowerCase()))
  const kept = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))
  return { ...Object.fromEntries(kept), ...set }
}

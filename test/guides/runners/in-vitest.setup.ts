type Hook = { readonly default: () => Promise<void> }

/** Jest's two files as Vitest's one. */
const both = async (): Promise<() => Promise<void>> => {
  const load = async (file: string): Promise<Hook> =>
    (await import(new URL(`jest/${file}`, import.meta.url).href)) as Hook
  await (await load('ory.setup.mjs')).default()
  return (await load('ory.teardown.mjs')).default
}
export default both

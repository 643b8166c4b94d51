import { readFileSync } from 'node:fs'

/** The version of this package, wherever its files were bundled to. */
export const version = (): string => {
  const manifest = new URL(import.meta.resolve('ory-identities-mock/package.json'))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version
}

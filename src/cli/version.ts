import { createRequire } from 'node:module'

/** The version of this package, wherever its files were bundled to. */
export const version = (): string => {
  const manifest = createRequire(import.meta.url)('ory-identities-mock/package.json') as { readonly version: string }
  return manifest.version
}

import type { Release } from './quirk.ts'
import { quirks, type QuirkName } from './quirks.ts'

const RELEASES = { 'kratos-26.2': 'v26.2.0', 'kratos-25.4': 'v25.4.0', 'kratos-1.3': 'v1.3.1' } as const

export type ProfileName = 'documented' | keyof typeof RELEASES

export const profileNames: readonly ProfileName[] = ['documented', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3']

/** A profile with some quirks switched on or off. */
export interface CustomProfile {
  /** The profile that it differs from. */
  readonly base: ProfileName
  /** By name: true for what it has, false for what it has not. Default: those of `base`. */
  readonly quirks?: { readonly [Name in QuirkName]?: boolean | undefined } | undefined
}

/** A profile by name, or one with some quirks switched on or off. */
export type ProfileOption = ProfileName | CustomProfile

/** How a project answers: the release that it claims to be, and which quirks it has. */
export interface Profile {
  readonly name: ProfileName
  /** What `/version` says; `documented` says the release whose reference it follows. */
  readonly release: Release
  readonly has: Readonly<Record<QuirkName, boolean>>
}

export const profileOf = (option: ProfileOption): Profile => {
  const { base, quirks: overrides } = typeof option === 'string' ? { base: option } : option
  const release = base === 'documented' ? undefined : RELEASES[base]
  const has = Object.fromEntries(
    Object.entries(quirks).map(([name, quirk]) => [
      name,
      overrides?.[name as QuirkName] ?? (release !== undefined && quirk.releases.includes(release)),
    ]),
  ) as Record<QuirkName, boolean>
  return { name: base, release: release ?? 'v26.2.0', has }
}

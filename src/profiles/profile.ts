import { ALL, type Release } from './quirk.ts'
import { quirks, type QuirkName } from './quirks.ts'

const RELEASES = {
  'kratos-next': 'next',
  'kratos-26.2': 'v26.2.0',
  'kratos-25.4': 'v25.4.0',
  'kratos-1.3': 'v1.3.1',
} as const

export type ProfileName = 'documented' | keyof typeof RELEASES

export const profileNames: readonly ProfileName[] = [
  'documented',
  'kratos-next',
  'kratos-26.2',
  'kratos-25.4',
  'kratos-1.3',
]

const minorOf = (version: string): string | undefined => /^v?(\d+\.\d+)(?:\.|$)/.exec(version)?.[1]

/** The profile of a release, by a version of its own such as `v26.2.0`; undefined for one that is not modelled. */
export const profileOfVersion = (version: string): ProfileName | undefined => {
  const minor = minorOf(version)
  return minor === undefined
    ? undefined
    : profileNames.find((name) => name !== 'documented' && minorOf(RELEASES[name]) === minor)
}

/** What a Kratos that was built from its main branch calls itself. */
const UNRELEASED = 'master'

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
  /** What `/version` says. */
  readonly version: string
  readonly has: Readonly<Record<QuirkName, boolean>>
  /** Whether it has what came into Kratos with a release; `documented` has all that the reference knows. */
  readonly knows: (release: Release) => boolean
  /** Whether it is a Kratos, which stores in a database. */
  readonly hasDatabase: boolean
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
  const reach = release === undefined ? 0 : ALL.indexOf(release)
  return {
    name: base,
    version: release === 'next' ? UNRELEASED : (release ?? 'v26.2.0'),
    has,
    knows: (other) => ALL.indexOf(other) >= reach,
    hasDatabase: release !== undefined,
  }
}

import { isObject } from '../model/json.ts'
import { nearest } from '../model/nearest.ts'
import { profileNames, type CustomProfile, type ProfileOption } from './profile.ts'
import { quirks } from './quirks.ts'

/** What is wrong with a profile, and in which part of it. */
export interface ProfileFlaw {
  /** `['quirks', 'firstPageTwice']`; none for the whole. */
  readonly path: readonly string[]
  readonly message: string
}

const KEYS = ['base', 'quirks'] as const satisfies readonly (keyof CustomProfile)[]

const shown = (value: unknown): string => {
  try {
    return (JSON.stringify(value) ?? typeof value).slice(0, 60)
  } catch {
    // In itself, or nothing that JSON has.
    return typeof value
  }
}

const suggestion = (word: string, words: readonly string[]): string => {
  const near = nearest(word, words)
  return near === undefined ? `known are ${words.join(', ')}` : `did you mean ${near}?`
}

const nameFlaw = (value: unknown, path: readonly string[]): ProfileFlaw | undefined => {
  if (profileNames.some((name) => name === value)) return undefined
  return typeof value === 'string'
    ? { path, message: `knows no ${shown(value)}; ${suggestion(value, profileNames)}` }
    : {
        path,
        message: `must be one of ${profileNames.join(', ')}${value === undefined ? '' : `, not ${shown(value)}`}`,
      }
}

const quirkFlaw = (value: unknown): ProfileFlaw | undefined => {
  if (value === undefined) return undefined
  if (!isObject(value)) {
    return {
      path: ['quirks'],
      message: `must be an object of quirk names, each true or false, not ${shown(value)}`,
    }
  }
  for (const [name, on] of Object.entries(value)) {
    const path = ['quirks', name]
    if (!Object.hasOwn(quirks, name)) return { path, message: `is no quirk; ${suggestion(name, Object.keys(quirks))}` }
    if (on !== undefined && typeof on !== 'boolean') return { path, message: `must be true or false, not ${shown(on)}` }
  }
  return undefined
}

/** Reads a profile: its name, or `{ base, quirks }`. @returns it, or what is wrong with it. */
export const readProfile = (value: unknown): ProfileOption | ProfileFlaw => {
  if (!isObject(value)) return nameFlaw(value, []) ?? (value as ProfileOption)
  const stray = Object.keys(value).find((key) => !KEYS.some((known) => known === key))
  if (stray !== undefined) return { path: [stray], message: `is no part of a profile; ${suggestion(stray, KEYS)}` }
  const flaw = nameFlaw(value['base'], ['base']) ?? quirkFlaw(value['quirks'])
  return flaw ?? ({ base: value['base'], quirks: value['quirks'] ?? {} } as CustomProfile)
}

/** Whether it is what is wrong rather than a profile. */
export const isProfileFlaw = (read: ProfileOption | ProfileFlaw): read is ProfileFlaw =>
  typeof read === 'object' && 'path' in read

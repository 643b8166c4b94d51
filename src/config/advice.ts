import { profileOfVersion } from '../profiles/profile.ts'
import type { Part } from './part.ts'

/** What is said to who named no profile: which one the configuration speaks of, and what of it counts there alone. */
export const adviceOf = (root: Part): readonly string[] => {
  const version = root.at('version').text('')
  const profile = profileOfVersion(version)
  const stores = root.at('dsn').isThere
  const dsn = 'the database that dsn names counts in the kratos- profiles alone'
  if (profile !== undefined)
    return [`The configuration says ${version}: --profile ${profile}${stores ? `; ${dsn}` : ''}.`]
  return stores ? [`No profile was given, and ${dsn}.`] : []
}

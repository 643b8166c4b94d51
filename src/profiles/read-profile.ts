import { isObject } from '../model/json.ts'
import { flag, object, word, type Kind, type KindsOf } from '../model/kinds.ts'
import { profileNames, type CustomProfile, type ProfileOption } from './profile.ts'
import { quirks, type QuirkName } from './quirks.ts'

const name = word(profileNames)

const flags = Object.fromEntries(Object.keys(quirks).map((quirk) => [quirk, flag])) as Record<QuirkName, Kind<boolean>>

const custom = object(
  {
    base: name,
    quirks: object(flags, { what: 'an object of quirk names, each true or false', stranger: 'is no quirk' }),
  } satisfies KindsOf<CustomProfile>,
  { stranger: 'is no part of a profile' },
)

/** A profile: its name, or `{ base, quirks }`. */
export const profile: Kind<ProfileOption> = {
  schema: { anyOf: [name.schema, custom.schema] },
  read: (reader, value, at) => {
    if (!isObject(value)) return name.read(reader, value, at)
    const { base, quirks: own = {} } = custom.read(reader, value, at) ?? {}
    if (base !== undefined) return { base, quirks: own }
    return value['base'] === undefined ? name.read(reader, undefined, [...at, 'base']) : undefined
  },
}

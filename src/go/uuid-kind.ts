import { shown } from '../model/flaw.ts'
import type { Kind } from '../model/kinds.ts'
import { bytesOf } from './bytes.ts'
import { parseUuid } from './uuid.ts'

/** A UUID in any spelling that Kratos takes; it is read as the canonical one. */
export const uuid: Kind<string> = {
  schema: { type: 'string', minLength: 32 },
  read: (reader, value, pointer) => {
    const id = typeof value === 'string' ? parseUuid(bytesOf(value)) : { error: 'no text' }
    if (typeof id === 'string') return id
    return reader.tell(pointer, () => ({ expected: 'a UUID', found: `${shown(value)} (${id.error})` }))
  },
}

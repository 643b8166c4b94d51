import { identityQuirks, type IdentityQuirk } from './identity-quirks.ts'
import type { Quirk } from './quirk.ts'
import { serverQuirks, type ServerQuirk } from './server-quirks.ts'
import { sessionQuirks, type SessionQuirk } from './session-quirks.ts'

export type QuirkName = ServerQuirk | SessionQuirk | IdentityQuirk

/** Every quirk by name. */
export const quirks: Readonly<Record<QuirkName, Quirk>> = { ...serverQuirks, ...sessionQuirks, ...identityQuirks }

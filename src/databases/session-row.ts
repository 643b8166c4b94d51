import type { Device, Session } from '../model/session.ts'
import { cutTime, roundMicros, roundTime } from './times.ts'

/** A session as PostgreSQL gives it back; most are as they were. */
export const cutSession = (row: Session): Session => {
  const expires_at = cutTime(row.expires_at)
  const authenticated_at = cutTime(row.authenticated_at)
  const issued_at = cutTime(row.issued_at)
  const isSame =
    expires_at === row.expires_at && authenticated_at === row.authenticated_at && issued_at === row.issued_at
  return isSame ? row : { ...row, expires_at, authenticated_at, issued_at }
}

const byId = (devices: readonly Device[]): readonly Device[] =>
  devices.length < 2 ? devices : devices.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** A session as MySQL gives it back: in whole seconds, its devices by their ids. */
export const roundSession = (row: Session): Session => {
  const expires_at = roundTime(row.expires_at)
  const authenticated_at = roundTime(row.authenticated_at)
  return {
    ...row,
    expires_at,
    expires: roundMicros(row.expires),
    authenticated_at,
    issued_at: roundTime(row.issued_at),
    created: roundMicros(row.created),
    devices: byId(row.devices),
  }
}

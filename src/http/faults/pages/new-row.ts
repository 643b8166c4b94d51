import { storedTime } from '../../../databases/database.ts'
import type { Session } from '../../../model/session.ts'
import { formatTime, parseTime } from '../../../model/time.ts'
import { NIL_UUID } from '../../../go/uuid.ts'
import type { World } from '../../../world/world.ts'
import { MOST_IDENTITIES, MOST_SESSIONS } from '../../../store/limits.ts'
import { Schemas } from '../../../store/schemas.ts'
import { ownedRange } from '../../../store/tables.ts'
import type { Exchange } from '../../../api/exchange.ts'

/** Kratos' default `session.lifespan` (driver/config): 24 hours. */
const LIFESPAN = 86_400e6

/** A session of an identity, begun now or, where the clock lags behind the data, just after the newest one. */
const newSession = (world: World, identityId: string): void => {
  const { store, clock, chance } = world
  const { owned, created } = store.tables
  const [from, to] = ownedRange(store.tables, identityId)
  const newest = [...created.slice(0, 1), ...owned.slice(from, Math.min(from + 1, to))]
  const now = Math.max(
    clock.now(),
    ...newest.flatMap((one) => [one.created + 1, (parseTime(one.authenticated_at)?.micros ?? 0) + 1]),
  )
  const time = formatTime(now)
  const session: Session = {
    id: chance.uuid(),
    identity_id: identityId,
    active: true,
    expires_at: formatTime(now + LIFESPAN),
    expires: now + LIFESPAN,
    authenticated_at: time,
    authenticator_assurance_level: 'aal1',
    authentication_methods: [{ method: 'password', aal: 'aal1', completed_at: time }],
    issued_at: time,
    created: now,
    devices: [],
    token: `ory_st_${chance.alphanumeric(32)}`,
    place: 0,
  }
  store.write((draft) => draft.putSession(world.database?.session(session) ?? session))
}

/** The UUID just before another. */
const uuidBefore = (id: string): string => {
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** An identity like the first one, that every list, being ordered by id, shows before it. */
const newIdentity = ({ store, clock, database }: World): void => {
  const [like] = store.tables.identities.slice(0, 1)
  if (like === undefined || like.id === NIL_UUID) return
  const time = storedTime(database, formatTime(clock.now()))
  store.write((draft) =>
    draft.putIdentity({
      ...like,
      id: uuidBefore(like.id),
      external_id: null,
      credentials: [],
      verifiable_addresses: [],
      recovery_addresses: [],
      created_at: time,
      updated_at: time,
      state_changed_at: time,
    }),
  )
}

const newSchema = ({ store, chance }: World): void => {
  const [like] = store.tables.schemas.all
  if (like === undefined) return
  store.write((draft) => {
    const fresh = { ...like, id: `schema-${chance.uuid().slice(0, 8)}` }
    draft.tables = { ...draft.tables, schemas: new Schemas([fresh, ...draft.tables.schemas.all]) }
  })
}

/** Adds a row to the data that comes before all that a list shows, as far as there is room for one. */
export const addNewRow = (exchange: Exchange): void => {
  const { world, operation } = exchange
  const { tables } = world.store
  if (tables.identities.size >= MOST_IDENTITIES || tables.sessions.size >= MOST_SESSIONS) return undefined
  if (operation?.id === 'listIdentities') return newIdentity(world)
  if (operation?.id === 'listIdentitySchemas') return newSchema(world)
  const identityId = operation?.id === 'listSessions' ? tables.created.slice(0, 1)[0]?.identity_id : exchange.identity
  if (identityId !== undefined && tables.identities.get({ id: identityId }) !== undefined) newSession(world, identityId)
}

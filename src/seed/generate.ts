import { faker } from '@faker-js/faker/locale/en'
import type { Identity } from '../model/identity.ts'
import type { AuthenticationMethod, Session } from '../model/session.ts'
import { writableMoment, type Micros, type Moment } from '../model/time.ts'
import { codeConfig } from '../api/identities/derivation.ts'
import type { Random } from '../world/random.ts'
import type { Generate } from './parse.ts'

const HOUR = 3600e6
/** So many different names and agents are drawn from faker; people and sessions combine them. */
const POOL = 200

interface Pools {
  readonly first: readonly string[]
  readonly last: readonly string[]
  readonly agents: readonly string[]
  readonly cities: readonly string[]
}

/** A faker of one's own: the library's global one keeps its state for everybody. */
const poolsOf = (random: Random): Pools => {
  const own = new (faker.constructor as new (options: object) => typeof faker)({
    locale: faker.rawDefinitions,
    seed: random.uint32(),
  })
  const many = <T>(draw: () => T): readonly T[] => Array.from({ length: POOL }, draw)
  return {
    first: many(() => own.person.firstName()),
    last: many(() => own.person.lastName()),
    agents: many(() => own.internet.userAgent()),
    cities: many(() => `${own.location.city()}, ${own.location.countryCode()}`),
  }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[random.integer(0, from.length - 1)]!

const personOf = (random: Random, pools: Pools, times: Times, schemaId: string, now: Micros): Identity => {
  const first = pick(random, pools.first)
  const last = pick(random, pools.last)
  const id = random.uuid()
  // The id makes it nobody else's, whatever was generated before.
  const email = `${first}.${last}.${id.slice(0, 13)}@example.com`.toLowerCase().replaceAll(/[^a-z0-9.@]/g, '')
  const created = times.moment(now - random.integer(1, 700 * 24) * HOUR).text
  const time = { created_at: created, updated_at: created }
  const identifiers = [email]
  const isVerified = random.number() < 0.8
  return {
    id,
    external_id: null,
    schema_id: schemaId,
    state: random.number() < 0.95 ? 'active' : 'inactive',
    state_changed_at: created,
    traits: JSON.stringify({ email, name: { first, last } }),
    credentials: [
      { type: 'code', identifiers, config: codeConfig([{ channel: 'email', address: email }]), version: 1, ...time },
      { type: 'password', identifiers, config: '{}', version: 0, ...time },
    ],
    verifiable_addresses: [
      {
        id: random.uuid(),
        value: email,
        verified: isVerified,
        via: 'email',
        status: isVerified ? 'completed' : 'pending',
        verified_at: isVerified ? created : null,
        ...time,
      },
    ],
    recovery_addresses: [{ id: random.uuid(), value: email, via: 'email', ...time }],
    metadata_public: null,
    metadata_admin: null,
    ...time,
    organization_id: null,
    region: null,
  }
}

/** What depends on a time alone is made once for each: there are fewer minutes than sessions, which share it. */
const once = <T>(make: (micros: Micros) => T): ((micros: Micros) => T) => {
  const made = new Map<Micros, T>()
  return (micros) => {
    const there = made.get(micros)
    if (there !== undefined) return there
    const one = make(micros)
    made.set(micros, one)
    return one
  }
}

interface Times {
  readonly moment: (micros: Micros) => Moment
  /** How somebody signed in then, with a password alone or with a second factor. */
  readonly one: (micros: Micros) => readonly AuthenticationMethod[]
  readonly two: (micros: Micros) => readonly AuthenticationMethod[]
}

const timesOf = (): Times => {
  const moment = once(writableMoment)
  const method = (name: string, aal: string, micros: Micros): AuthenticationMethod => ({
    method: name,
    aal,
    completed_at: moment(micros).text,
  })
  return {
    moment,
    one: once((micros) => [method('password', 'aal1', micros)]),
    two: once((micros) => [method('password', 'aal1', micros), method('totp', 'aal2', micros)]),
  }
}

const sessionOf = (random: Random, pools: Pools, times: Times, owner: string, now: Micros): Session => {
  const issued = times.moment(now - random.integer(1, 30 * 24 * 60) * 60e6)
  const expires = times.moment(issued.micros + (random.number() < 0.5 ? 31 * 24 : 24) * HOUR)
  const hasTwo = random.number() < 0.2
  return {
    id: random.uuid(),
    identity_id: owner,
    active: random.number() < 0.9,
    expires_at: expires.text,
    expires: expires.micros,
    authenticated_at: issued.text,
    authenticator_assurance_level: hasTwo ? 'aal2' : 'aal1',
    authentication_methods: (hasTwo ? times.two : times.one)(issued.micros),
    issued_at: issued.text,
    created: issued.micros,
    devices: [
      {
        id: random.uuid(),
        ip_address: [
          [10, random.integer(0, 255), random.integer(0, 255), random.integer(1, 254)].join('.'),
          random.integer(1024, 65_535),
        ].join(':'),
        user_agent: pick(random, pools.agents),
        location: pick(random, pools.cities),
      },
    ],
    token: random.sessionToken(),
    place: 0,
  }
}

/** Makes people and their sessions up, the same ones from the same random draw. */
export const createGenerator = (
  random: Random,
  schemaId: string,
): ((order: Generate & { readonly now: Micros }) => Generator<Identity | Session>) => {
  const pools = poolsOf(random)
  const times = timesOf()
  return function* made({ identities, sessions, now }) {
    for (let n = 0; n < identities; n++) {
      const person = personOf(random, pools, times, schemaId, now)
      yield person
      const count = random.integer(sessions.min, sessions.max)
      for (let session = 0; session < count; session++) yield sessionOf(random, pools, times, person.id, now)
    }
  }
}

import { asciiJson } from '../model/json.ts'
import type { Identity } from '../model/identity.ts'
import { parseTime } from '../model/time.ts'
import type { World } from '../world/world.ts'

// oxlint-disable-next-line no-explicit-any
export const applyFixture = (world: World, fixture: any): void => {
  world.store.write((draft) => {
    for (const [id, schema] of Object.entries(fixture.schemas ?? {})) draft.putSchema({ id, text: JSON.stringify(schema) })
    for (const one of fixture.identities ?? []) {
      const text = (value: unknown): string | null => (value === undefined || value === null ? null : asciiJson(value))
      const identity: Identity = {
        id: one.id,
        external_id: one.external_id ?? null,
        schema_id: one.schema_id,
        state: one.state,
        state_changed_at: one.state_changed_at ?? null,
        traits: asciiJson(one.traits),
        credentials: Object.values(one.credentials ?? {}).map((c: any) => ({ ...c, config: JSON.stringify(c.config ?? {}) })),
        verifiable_addresses: (one.verifiable_addresses ?? []).map((a: any) => ({ ...a, verified_at: a.verified_at ?? null })),
        recovery_addresses: one.recovery_addresses ?? [],
        metadata_public: text(one.metadata_public),
        metadata_admin: text(one.metadata_admin),
        created_at: one.created_at,
        updated_at: one.updated_at,
        organization_id: one.organization_id ?? null,
      }
      draft.putIdentity(identity)
    }
    for (const s of fixture.sessions ?? []) {
      draft.putSession({
        id: s.id,
        identity_id: s.identity_id,
        active: s.active,
        expires_at: s.expires_at,
        expires: parseTime(s.expires_at)!.micros,
        authenticated_at: s.authenticated_at,
        authenticated: parseTime(s.authenticated_at)!.micros,
        authenticator_assurance_level: s.authenticator_assurance_level,
        authentication_methods: s.authentication_methods,
        issued_at: s.issued_at,
        created: parseTime(s.created_at)!.micros,
        devices: s.devices ?? [],
        token: s.token,
      })
    }
  })
}

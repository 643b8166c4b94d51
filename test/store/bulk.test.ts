import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Identity } from '../../src/model/identity.ts'
import { Bulk } from '../../src/store/bulk.ts'
import { Conflict } from '../../src/store/claims.ts'
import { Draft } from '../../src/store/store.ts'
import { emptyTables, PLAIN, type Tables } from '../../src/store/tables.ts'

const LAYOUT = { ...PLAIN, order: 'created' } as const

/** Few names, so that they meet: under other kinds, too. */
const name = fc.constantFrom('ada', 'bob', 'cyd')
const names = fc.uniqueArray(name, { maxLength: 2 })

/** What an identity claims; the rest of it is all the same. */
const claiming = fc
  .record({ password: names, code: names, email: names, sms: names, external: fc.option(name) })
  .map(({ password, code, email, sms, external }) => (id: string): Identity => ({
    id,
    external_id: external,
    schema_id: 'default',
    state: 'active',
    state_changed_at: null,
    traits: '{}',
    credentials: Object.entries({ code, password }).map(([type, identifiers]) => ({
      type,
      identifiers,
      config: '{}',
      version: 0,
      created_at: '',
      updated_at: '',
    })),
    verifiable_addresses: [],
    recovery_addresses: Object.entries({ email, sms }).flatMap(([via, values]) =>
      values.map((value) => ({ id: `${id} ${via} ${value}`, value, via, created_at: '', updated_at: '' })),
    ),
    metadata_public: null,
    metadata_admin: null,
    created_at: '',
    updated_at: '',
    organization_id: null,
    region: null,
  }))

const conflictOf = (add: () => unknown): unknown => {
  try {
    add()
    return undefined
  } catch (error) {
    if (error instanceof Conflict) return error.claim
    throw error
  }
}

const rowsOf = ({ identities, claims }: Tables): unknown => ({
  identities: identities.slice(0, identities.size),
  claims: claims.slice(0, claims.size),
})

test('identities that come together are taken, refused and held as those that come one after another', () => {
  fc.assert(
    fc.property(fc.array(claiming, { maxLength: 6 }), fc.array(claiming, { maxLength: 12 }), (before, after) => {
      const [single, draft] = [0, 1].map(() => {
        const made = new Draft(emptyTables(LAYOUT), LAYOUT)
        for (const [n, make] of before.entries()) conflictOf(() => made.putIdentity(make(`b${n}`)))
        return made
      }) as [Draft, Draft]
      const bulk = new Bulk(draft.tables)
      for (const [n, make] of after.entries()) {
        // Ids that go down, so that they are not sorted as they come.
        const row = make(`a${99 - n}`)
        expect(conflictOf(() => bulk.addIdentity(row))).toEqual(conflictOf(() => single.putIdentity(row)))
      }
      draft.add(bulk)
      expect(rowsOf(draft.tables)).toEqual(rowsOf(single.tables))
    }),
  )
})

import type { Identity } from '../model/identity.ts'
import type { Session } from '../model/session.ts'
import { claimsOf, Conflict, holderOf, holdingsOf, isHeld, type Claim, type Holding } from './claims.ts'
import { checkRoom } from './limits.ts'
import { shaped } from './shaped.ts'
import type { Tables } from './tables.ts'

/**
 * Rows that are not in the tables yet and come there together (`Draft.add`). Each is checked as it comes; to sort
 * them in at once costs a fraction of one after another.
 */
export class Bulk {
  readonly identities: Identity[] = []
  readonly sessions: Session[] = []
  readonly holdings: Holding[] = []
  readonly #tables: Tables
  /** The kinds under which identities of this bulk hold a value. */
  readonly #held = new Map<string, readonly string[]>()
  readonly #kinds = new Map<string, readonly string[]>()

  constructor(tables: Tables) {
    this.#tables = tables
  }

  #isTaken(one: Claim): boolean {
    return this.#held.get(one.value)?.includes(one.kind) === true || holderOf(this.#tables.claims, one) !== undefined
  }

  /**
   * Takes an identity that is neither in the tables nor here. @returns its row.
   * @throws Conflict when another one holds something of it, Full when there is no room.
   */
  addIdentity(identity: Identity): Identity {
    const { claims, identities, layout } = this.#tables
    checkRoom(identities.size + this.identities.length + 1, 0)
    const row = shaped(identity)
    const all = claimsOf(row, layout.collate)
    const holdings = holdingsOf(all, row.id, this.#kinds)
    if (holdings.some(({ value }) => this.#held.has(value) || isHeld(claims, value))) {
      const taken = all.find((one) => this.#isTaken(one))
      if (taken !== undefined) throw new Conflict(taken)
    }
    for (const one of holdings) {
      const others = this.#held.get(one.value)
      this.#held.set(one.value, others === undefined ? one.kinds : [...others, ...one.kinds])
      this.holdings.push(one)
    }
    this.identities.push(row)
    return row
  }
}

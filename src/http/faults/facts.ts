import type { Facts } from '../../faults/facts.ts'
import { textOf } from '../../model/bytes.ts'
import type { Identity } from '../../model/identity.ts'
import type { OperationId } from '../../model/operations.ts'
import type { Query } from '../../model/query.ts'
import type { Session } from '../../model/session.ts'
import { parseUuid } from '../../model/uuid.ts'
import { claimKey } from '../../store/claims.ts'
import { callerToken } from '../caller-token.ts'
import type { Exchange } from '../exchange.ts'
import { isLaterPage } from './pages/place.ts'

const OF_CALLER: readonly (OperationId | undefined)[] = ['toSession', 'listMySessions', 'disableMyOtherSessions']

/** What fault rules ask of a request, worked out only when they do. */
export class ExchangeFacts implements Facts {
  readonly #exchange: Exchange

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  get operation(): OperationId | undefined {
    return this.#exchange.operation?.id
  }

  get method(): string {
    return this.#exchange.method
  }

  get path(): string {
    return this.#exchange.path
  }

  get sentPath(): string {
    return this.#exchange.target.path
  }

  get query(): Query {
    return this.#exchange.query
  }

  header(name: string): string | undefined {
    return this.#exchange.header(name)
  }

  get identity(): Identity['id'] | undefined {
    const { operation, identity, world } = this.#exchange
    const { tables } = world.store
    if (identity !== undefined) return identity
    if (operation?.id === 'getIdentityByExternalID') {
      return tables.claims.get({ key: claimKey.external(textOf(this.#exchange.param('externalID'))) })?.identity_id
    }
    const id = this.session
    return id === undefined ? undefined : tables.sessions.get({ id })?.identity_id
  }

  get session(): Session['id'] | undefined {
    const { operation, world } = this.#exchange
    if (OF_CALLER.includes(operation?.id)) {
      const token = callerToken(this.#exchange)
      return token === undefined ? undefined : world.store.tables.tokens.get({ token })?.id
    }
    return operation !== undefined && /^(?:\/admin)?\/sessions\/\{id\}/.test(operation.path) ? this.#id() : undefined
  }

  get later(): boolean {
    return isLaterPage(this.#exchange)
  }

  #id(): string | undefined {
    const id = parseUuid(this.#exchange.param('id'))
    return typeof id === 'string' ? id : undefined
  }
}

import type { Facts } from '../../faults/facts.ts'
import type { Flow } from '../../model/flow.ts'
import type { Identity } from '../../model/identity.ts'
import type { OperationId } from '../../model/operations.ts'
import type { Query } from '../../go/query.ts'
import type { Session } from '../../model/session.ts'
import type { Exchange } from '../../api/exchange.ts'
import { flowOf, sessionOf } from '../../api/subject.ts'
import { isLaterPage } from './pages/place.ts'

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
    return this.#exchange.sentQuery
  }

  header(name: string): string | undefined {
    return this.#exchange.header(name)
  }

  get identity(): Identity['id'] | undefined {
    return this.#exchange.identity
  }

  get session(): Session['id'] | undefined {
    return sessionOf(this.#exchange)
  }

  get flow(): Flow['id'] | undefined {
    return flowOf(this.#exchange)
  }

  get later(): boolean {
    return isLaterPage(this.#exchange)
  }
}

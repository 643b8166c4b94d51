import type { Edit } from './tree.ts'

/** An identity's JSON Schema by id, as compact JSON. */
export interface Schema {
  readonly id: string
  readonly text: string
  /** The text of the file that it came in. */
  readonly verbatim?: string | undefined
  /** Whether nobody gave it: the built-in one, or what takes the traits of an identity whose schema is not known. */
  readonly isStandIn?: boolean
}

/** Identity schemas by their ids, in the order in which they were put. Within one `Edit` they are changed in place. */
export class Schemas {
  readonly #byId: Map<string, Schema>
  readonly #edit: Edit | undefined
  #all: readonly Schema[] | undefined

  constructor(schemas: Iterable<Schema> = [], edit?: Edit) {
    this.#byId = new Map(Array.from(schemas, (schema) => [schema.id, schema]))
    this.#edit = edit
  }

  get all(): readonly Schema[] {
    return (this.#all ??= [...this.#byId.values()])
  }

  get(id: string): Schema | undefined {
    return this.#byId.get(id)
  }

  /** Schemas with one more behind them, in place of the one of its id. */
  with(schema: Schema, edit: Edit): Schemas {
    if (this.#edit !== edit) return new Schemas(this.all, edit).with(schema, edit)
    this.#byId.delete(schema.id)
    this.#byId.set(schema.id, schema)
    this.#all = undefined
    return this
  }
}

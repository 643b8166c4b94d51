import { databaseNames, type DatabaseName } from '../databases/database.ts'
import { ownMember } from '../model/json.ts'
import { leaf, made, type Kind } from '../model/kinds.ts'
import { suggestion } from '../model/nearest.ts'

/** Schemes of a `dsn`, as pop and Kratos spell them, and the database behind each. */
const SCHEMES: Readonly<Record<string, DatabaseName | 'cockroach'>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pgx: 'postgres',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  cockroach: 'cockroach',
  cockroachdb: 'cockroach',
  crdb: 'cockroach',
}

/** What a `dsn` names. */
export interface Dsn {
  readonly database: DatabaseName
  /** What it names itself, where that is not modelled. */
  readonly instead?: 'cockroach'
}

/** What is known of CockroachDB. */
export const COCKROACH =
  'dsn names CockroachDB, which is not modelled: the mock answers as with postgres, whose driver and batches Kratos ' +
  'uses for it. Not the same: extending an unknown session has a reason of its own there, lists with ' +
  'consistency=eventual lag behind, and how it spells JSON is not known'

const secret = leaf('a text, the URL of a database', { type: 'string' }, (value) =>
  typeof value === 'string' ? value : undefined,
)

/** Where Kratos stores: its scheme counts, and nothing else of it is looked at, or shown. */
export const dsn: Kind<Dsn, string> = made(secret, (text, reader, at) => {
  if (/^:?memory:?$/.test(text)) return { database: 'sqlite' }
  const scheme = /^([a-z0-9+.-]+):\/\//i.exec(text)?.[1]
  if (scheme === undefined)
    return reader.say(at, `must begin with the scheme of a database, such as postgres://, or be memory`)
  const name = ownMember(SCHEMES, scheme.toLowerCase())
  if (name === undefined)
    return reader.say(
      at,
      `names the database ${scheme}, in which Kratos does not store; ` +
        suggestion(scheme, [...databaseNames, 'cockroach']),
    )
  return name === 'cockroach' ? { database: 'postgres', instead: name } : { database: name }
})

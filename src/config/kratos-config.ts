import type { DatabaseName } from '../databases/database.ts'
import type { Cors } from '../model/cors.ts'
import type { SelfService } from '../model/selfservice.ts'
import type { Profile } from '../profiles/profile.ts'
import type { IdentitySchemas } from './identity-schemas.ts'

/** What the mock goes by of a configuration of Kratos'. */
export interface KratosConfig {
  /** The absolute paths of those that were files. */
  readonly from: readonly string[]
  /** What `dsn` names, where there is one. */
  readonly database: DatabaseName | undefined
  readonly stores: boolean
  readonly isCockroach: boolean
  readonly schemas: IdentitySchemas
  readonly cors: Cors
  readonly selfService: SelfService
  /** The same for a project of another profile. */
  readonly selfServiceOf: (profile: Profile) => SelfService
  /** Lines for the start: what was taken, and what is not done. */
  readonly words: readonly string[]
}

import { toBase64Url } from '../../go/base64.ts'
import { bytesOf } from '../../go/bytes.ts'
import { KratosError } from '../../model/errors.ts'
import type { Schema } from '../../store/schemas.ts'
import type { Tables } from '../../store/tables.ts'
import type { World } from '../../world/world.ts'

/** An identity's schema. @throws KratosError 400 in Kratos' words. */
export const identitySchema = ({ schemas }: Pick<Tables, 'schemas'>, id: string): Schema => {
  const found = schemas.get(id || 'default')
  if (found === undefined) throw new KratosError(400, { reason: `Unable to find JSON Schema ID: ${id}` })
  return found
}

/** `<public>/schemas/<base64url of the id>`, no id being the default (identity/identity.go InjectTraitsSchemaURL). */
export const schemaUrl = (world: World, schemaId: string): string => {
  return `${world.origins.public}/schemas/${toBase64Url(bytesOf(schemaId || 'default'))}`
}

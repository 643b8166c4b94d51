import { faultsSchema } from '../faults/rule-schema.ts'
import type { JsonSchema } from '../model/kinds.ts'
import { fixtureSchema } from './fixture-schema.ts'

/** The JSON Schemas that the package has for editors, by the name of their file. Nothing loads them when it runs. */
export const jsonSchemas: Readonly<Record<string, JsonSchema>> = {
  'fixture.schema.json': fixtureSchema,
  'faults.schema.json': faultsSchema,
}

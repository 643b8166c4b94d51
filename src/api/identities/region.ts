import { KratosError } from '../../model/errors.ts'

/** The regions of Ory Network, and what groups them (oryx/region/region.go). */
export const REGIONS = ['eu-central', 'asia-northeast', 'us-east', 'us-west', 'eu', 'asia', 'us', 'global'] as const

export type Region = (typeof REGIONS)[number]

/** A region that a body names, null where it names none. @throws KratosError 400 for one that there is not. */
export const regionOf = (named: string | undefined): string | null => {
  if (named === undefined || named === '') return null
  if (!REGIONS.some((known) => known === named))
    throw new KratosError(400, { reason: 'the provided region is not a valid Ory region' })
  return named
}

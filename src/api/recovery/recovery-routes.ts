import { KratosError } from '../../model/errors.ts'
import { createRecoveryCode, createRecoveryLink, type RecoveryLink, type RecoveryRequest } from './create-recovery.ts'
import { requestOf, TOO_LARGE } from '../body.ts'
import type { Exchange } from '../exchange.ts'
import { jsonAnswer } from '../json.ts'
import type { RouteTable } from '../route-table.ts'

const recoveryOf = async (exchange: Exchange): Promise<RecoveryRequest> => ({
  request: await requestOf(
    exchange,
    () => new KratosError(400, { reason: `Unable to read HTTP POST body: ${TOO_LARGE}` }),
  ),
  returnTo: exchange.query.get('return_to'),
})

/** Stores the flow that a code or a link is for. */
export type Plant = (exchange: Exchange, link: RecoveryLink, kind: 'code' | 'link') => Promise<void>

/** Kratos leaves the `&` of these links as it is. */
export const recoveryRoutes = (plant: Plant): RouteTable => ({
  createRecoveryCodeForIdentity: async (exchange) => {
    const made = createRecoveryCode(exchange.world, await recoveryOf(exchange))
    const { link, code, expiresAt } = made
    await plant(exchange, made, 'code')
    return jsonAnswer(JSON.stringify({ recovery_link: link, recovery_code: code, expires_at: expiresAt }), {}, 201)
  },
  createRecoveryLinkForIdentity: async (exchange) => {
    const made = createRecoveryLink(exchange.world, await recoveryOf(exchange))
    const { link, expiresAt } = made
    await plant(exchange, made, 'link')
    return jsonAnswer(JSON.stringify({ recovery_link: link, expires_at: expiresAt }))
  },
})

import type { Exchange } from './exchange.ts'
import type { Answer } from '../model/answer.ts'
import { jsonAnswer, lasting } from './json.ts'
import type { RouteTable } from './route-table.ts'

const healthy = (): Answer => lasting(jsonAnswer('{"status":"ok"}'))

export const metaRoutes: RouteTable = {
  isAlive: healthy,
  isReady: healthy,
  getVersion: (exchange: Exchange): Answer =>
    lasting(jsonAnswer(JSON.stringify({ version: exchange.world.profile.version }))),
}

import type { Answer } from '../model/answer.ts'
import { jsonAnswer, lasting } from './json.ts'
import type { Route } from './exchange.ts'

const healthy = (): Answer => lasting(jsonAnswer('{"status":"ok"}'))

/** `GET /health/alive`. */
export const isAlive: Route = () => healthy()

/** `GET /health/ready`. */
export const isReady: Route = () => healthy()

/** `GET /admin/version`. */
export const getVersion: Route = ({ world }) => lasting(jsonAnswer(JSON.stringify({ version: world.profile.version })))

import { jsonAnswer, lasting } from './json.ts'
import type { Route } from './route-table.ts'

/** `GET /health/alive`. */
export const isAlive: Route = () => lasting(jsonAnswer('{"status":"ok"}'))

/** `GET /health/ready`. */
export const isReady: Route = isAlive

/** `GET /admin/version`. */
export const getVersion: Route = ({ world }) => lasting(jsonAnswer(JSON.stringify({ version: world.profile.version })))

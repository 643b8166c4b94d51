import type { Project, Projects } from '../world/projects.ts'
import { deliver } from './deliver.ts'
import type { Exchange } from './exchange.ts'
import { jsonAnswer } from './json.ts'

export const createControl =
  (_projects: Projects) =>
  (exchange: Exchange, _project: Project): Response | Promise<Response> =>
    deliver(exchange, jsonAnswer('{"status":"ok"}'))

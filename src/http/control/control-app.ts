import type { Hono } from 'hono/tiny'
import type { Exchange } from '../../api/exchange.ts'
import type { Control } from '../../control/control.ts'

/** A call of the control plane: its request, and what it may do to the project that it is for. */
export interface ControlEnv {
  readonly Bindings: { readonly exchange: Exchange; readonly control: Control }
}

/** What answers them. */
export type ControlApp = Hono<ControlEnv>

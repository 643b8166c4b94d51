import { createApp } from './http/app.ts'
import { parseTime } from './model/time.ts'
import type { MockOptions } from './options.ts'
import { profileOf } from './profiles/profile.ts'
import { applyFixture } from './seed/apply.ts'
import { Projects } from './world/projects.ts'
import { World } from './world/world.ts'

export interface Mock extends AsyncDisposable {
  readonly url: string
  readonly publicUrl: string
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

const prepare = (options: MockOptions) => {
  const origin = `http://127.0.0.1:${options.port ?? 4434}`
  const origins = { admin: origin, public: options.publicPort === undefined ? origin : `http://127.0.0.1:${options.publicPort}` }
  const now = typeof options.now === 'string' ? parseTime(options.now)!.micros : undefined
  const world = new World({ profile: profileOf(options.profile ?? 'documented'), randomSeed: options.randomSeed ?? 1, frozenAt: now, origins })
  applyFixture(world, options.seed)
  world.rebase()
  return { app: createApp(new Projects(world)), origins, world }
}

export const createMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { app, origins } = prepare(options)
  return {
    url: origins.admin,
    publicUrl: origins.public,
    fetch: async (input, init) => app.fetch(input instanceof Request && init === undefined ? input : new Request(input, init)),
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { listen } = await import('./listen.ts')
  const { app, origins } = prepare(options)
  const split = options.publicPort !== undefined
  const listening = await listen({ app, server: split ? 'admin' : 'both', port: options.port ?? 4434, host: options.host })
  const open = split ? await listen({ app, server: 'public', port: options.publicPort!, host: options.host }) : listening
  const host = options.host ?? '127.0.0.1'
  origins.admin = `http://${host}:${listening.port}`
  origins.public = `http://${host}:${open.port}`
  const close = async (): Promise<void> => {
    await listening.close()
    if (split) await open.close()
  }
  return { url: origins.admin, publicUrl: origins.public, fetch: (input, init) => fetch(input, init), close, [Symbol.asyncDispose]: close }
}

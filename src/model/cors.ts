/** Which pages of other origins may call the public API, and how (`serve.public.cors` of Kratos' configuration). */
export interface Cors {
  /** Each as a browser writes it, with a `*` for any part of it; none where CORS is off. */
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  /** In lower case, in the order in which a browser lists them; a `*` stands for all. */
  readonly headers: readonly string[]
  /** What a page may read of an answer, as the header lists it. */
  readonly exposed: string
  readonly credentials: boolean
  /** How long a browser keeps the answer to a preflight, in seconds; 0 says nothing of it. */
  readonly maxAge: number
}

/** Kratos' own defaults (embedx/config.schema.json), with nobody let in. */
export const noCors: Cors = {
  origins: [],
  methods: ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  headers: ['authorization', 'content-type', 'max-age', 'x-csrf-token', 'x-session-token', 'x-xsrf-token'],
  exposed: 'Content-Type',
  credentials: true,
  maxAge: 0,
}

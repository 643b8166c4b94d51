/**
 * What `await using` looks for. Node 20 has the symbol in its main realm alone, so in Vitest's `vmThreads` the helpers
 * that compilers put in its place look for this other one.
 */
export const ASYNC_DISPOSE: typeof Symbol.asyncDispose =
  (Symbol.asyncDispose as typeof Symbol.asyncDispose | undefined) ??
  (Symbol.for('Symbol.asyncDispose') as typeof Symbol.asyncDispose)

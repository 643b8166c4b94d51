/**
 * The platform's `fetch`, as it was when this was loaded. A test may put a mock's `fetch`, or a spy, in its place: calls
 * of ours are not to come back to us, nor to be counted.
 */
export const platformFetch: typeof fetch = globalThis.fetch

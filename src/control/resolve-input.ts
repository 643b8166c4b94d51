/** What `fetch` takes, with a path counted from a URL. */
export const resolveInput = (input: string | URL | Request, url: string): string | URL | Request =>
  typeof input !== 'string' || /^[a-z][a-z0-9+.-]*:/i.test(input)
    ? input
    : `${url}${input.startsWith('/') ? '' : '/'}${input}`

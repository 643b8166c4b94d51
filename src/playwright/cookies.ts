/** A cookie as a browser's context takes it. */
export interface ContextCookie {
  readonly name: string
  readonly value: string
  readonly url: string
  readonly httpOnly: true
  readonly sameSite: 'Lax'
}

/** Cookies know hosts and no ports: one a host reaches the mock and an application beside it. */
export const cookiesOf = (cookie: string, urls: readonly string[]): ContextCookie[] => {
  const [name, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  // The whole host: what stands in the path of a project's URL would keep the cookie from the application.
  const origins = new Set(urls.map((url) => new URL(url).origin))
  return [...origins].map((url) => ({ name, value, url, httpOnly: true, sameSite: 'Lax' }))
}

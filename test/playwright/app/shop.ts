import { createServer } from 'node:http'
import { test as base } from 'ory-identities-mock/playwright'

/** Asks Ory in the browser who is there. */
const PAGE = `<!doctype html>
<html lang="en">
  <title>Shop</title>
  <p role="status"></p>
  <script type="module">
    const ory = new URLSearchParams(location.search).get('ory')
    const show = (text) => { document.querySelector('[role=status]').textContent = text }
    try {
      const response = await fetch(ory + '/sessions/whoami', { credentials: 'include' })
      const { identity } = await response.json()
      show(response.ok ? 'Hello, ' + identity.traits.email : response.status === 401 ? 'Please sign in' : 'Try again later')
    } catch {
      show('Try again later')
    }
  </script>
</html>
`

/** Says which cookies came with a request. */
const server = createServer(({ url, headers }, response) => {
  if (url === '/cookies') response.end(headers.cookie ?? '')
  else response.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE)
})

/** Playwright's `test` with a shop on a port of its own, at `baseURL`. */
export const test = base.extend<object, { readonly shop: string }>({
  shop: [
    async ({}, use) => {
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve)
      })
      const address = server.address()
      await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
      server.close()
      server.closeAllConnections()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ shop }, use) => {
    await use(shop)
  },
})

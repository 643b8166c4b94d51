// An application whose pages are Ory Elements, on the origin that serves it.
import { Configuration, FrontendApi } from '@ory/client-fetch'
import { Login, Recovery, Registration, Settings, Verification } from '@ory/elements-react/theme'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const url = document.documentElement.dataset.ory
const front = new FrontendApi(
  new Configuration({ basePath: url, credentials: 'include', headers: { accept: 'application/json' } }),
)

const flows = {
  login: [Login, (id) => front.getLoginFlow({ id })],
  registration: [Registration, (id) => front.getRegistrationFlow({ id })],
  recovery: [Recovery, (id) => front.getRecoveryFlow({ id })],
  verification: [Verification, (id) => front.getVerificationFlow({ id })],
  settings: [Settings, (id) => front.getSettingsFlow({ id })],
}

const pages = Object.fromEntries([...Object.keys(flows), 'error'].map((name) => [`${name}_ui_url`, `/${name}`]))
const config = {
  sdk: { url },
  project: {
    name: 'Shop',
    ...pages,
    default_redirect_url: '/',
    registration_enabled: true,
    recovery_enabled: true,
    verification_enabled: true,
  },
}

const home = async () => {
  try {
    const { identity } = await front.toSession()
    const { logout_url } = await front.createBrowserLogoutFlow()
    return [
      createElement('p', { key: 'who', role: 'status' }, `Hello, ${identity.traits.email}`),
      createElement('a', { key: 'out', href: logout_url }, 'Sign out'),
    ]
  } catch {
    return createElement('p', { role: 'status' }, 'Please sign in')
  }
}

const kind = location.pathname.slice(1)
const id = new URLSearchParams(location.search).get('flow')
const [page, load] = flows[kind] ?? []
if (page !== undefined && id === null) location.replace(`${url}/self-service/${kind}/browser`)
else {
  const shown = page === undefined ? await home() : createElement(page, { flow: await load(id), config })
  createRoot(document.querySelector('main')).render(shown)
}

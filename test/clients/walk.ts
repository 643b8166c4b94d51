import { Configuration, CourierApi, FrontendApi, ResponseError, type UiContainer } from '@ory/client-fetch'
import { expect } from 'vitest'
import type { Mock } from '../../src/index.ts'

export const kinds = ['native', 'browser'] as const

type Kind = (typeof kinds)[number]

const PASSWORD = 'correct horse battery staple'
const ANOTHER = 'another correct horse'

/** `fetch` with the cookies that it was given, as a browser has it. */
const withCookies = (send: Mock['fetch']): typeof fetch => {
  const cookies = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await send(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0(?:;|$)/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
}

/** The body of an answer that has a status. */
const refused = async (status: number, answer: Promise<unknown>): Promise<Record<string, unknown>> => {
  const error: unknown = await answer.then(
    () => undefined,
    (problem: unknown) => problem,
  )
  if (!(error instanceof ResponseError)) throw new Error(`want status ${status}, not ${String(error)}`)
  expect(error.response.status).toBe(status)
  return (await error.response.json()) as Record<string, unknown>
}

const csrf = ({ nodes }: UiContainer): string | undefined => {
  for (const { attributes } of nodes)
    if ('name' in attributes && attributes.name === 'csrf_token') return String(attributes['value'])
  return undefined
}

/** Walks every flow of a mock, as a native application or as a script in a browser. @returns the id of who walked. */
export const walk = async (ory: Mock, kind: Kind): Promise<string> => {
  const isNative = kind === 'native'
  // Without it, Kratos takes whoever verifies an address for a browser.
  const headers = { accept: 'application/json' }
  const fetchApi = isNative ? ory.fetch : withCookies(ory.fetch)
  const front = new FrontendApi(new Configuration({ basePath: ory.publicUrl, fetchApi, headers }))
  const courier = new CourierApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
  const email = `${kind}@example.test`
  let token: string | undefined
  const session = (): { xSessionToken?: string } => (token === undefined ? {} : { xSessionToken: token })

  const newestCode = async (): Promise<string> => {
    const [message] = await courier.listCourierMessages({ recipient: email })
    expect(await courier.getCourierMessage({ id: message!.id })).toEqual(message)
    return /\b\d{6}\b/.exec(message!.body)![0]
  }

  const signUp = async (): Promise<string> => {
    const begun = await (isNative ? front.createNativeRegistrationFlow() : front.createBrowserRegistrationFlow())
    const { id: flow, ui } = await front.getRegistrationFlow({ id: begun.id })
    const method = { method: 'password', password: PASSWORD, traits: { email }, csrf_token: csrf(ui)! } as const
    const signed = await front.updateRegistrationFlow({ flow, updateRegistrationFlowBody: method })
    expect(signed.identity.traits).toMatchObject({ email })
    token = signed.session_token
    return signed.identity.id
  }

  const signIn = async (password: string): Promise<void> => {
    const begun = await (isNative ? front.createNativeLoginFlow() : front.createBrowserLoginFlow())
    const { id: flow, ui } = await front.getLoginFlow({ id: begun.id })
    const submit = (given: string) => {
      const method = { method: 'password', identifier: email, password: given, csrf_token: csrf(ui)! } as const
      return front.updateLoginFlow({ flow, updateLoginFlowBody: method })
    }
    expect(await refused(400, submit('wrong'))).toMatchObject({ ui: { messages: [{ id: 4000006 }] } })
    const signed = await submit(password)
    token = signed.session_token
    expect(await front.toSession(session())).toMatchObject({ id: signed.session.id })
  }

  const signOut = async (): Promise<void> => {
    if (isNative) await front.performNativeLogout({ performNativeLogoutBody: { session_token: token! } })
    else await front.updateLogoutFlow({ token: (await front.createBrowserLogoutFlow()).logout_token })
    await refused(401, front.toSession(session()))
  }

  const verify = async (): Promise<void> => {
    const begun = await (isNative ? front.createNativeVerificationFlow() : front.createBrowserVerificationFlow())
    const { id: flow, ui } = await front.getVerificationFlow({ id: begun.id })
    const submit = (fields: { email?: string; code?: string }) => {
      const method = { method: 'code', csrf_token: csrf(ui)!, ...fields } as const
      return front.updateVerificationFlow({ flow, updateVerificationFlowBody: method })
    }
    expect((await submit({ email })).state).toBe('sent_email')
    expect((await submit({ code: await newestCode() })).state).toBe('passed_challenge')
  }

  const change = async (): Promise<void> => {
    const begun = await (isNative ? front.createNativeSettingsFlow(session()) : front.createBrowserSettingsFlow())
    const { id: flow, ui } = await front.getSettingsFlow({ id: begun.id, ...session() })
    const csrf_token = csrf(ui)!
    for (const method of [
      { method: 'profile', traits: { email }, csrf_token },
      { method: 'password', password: ANOTHER, csrf_token },
    ] as const) {
      const changed = await front.updateSettingsFlow({ flow, updateSettingsFlowBody: method, ...session() })
      expect(changed.state).toBe('success')
    }
  }

  const recover = async (): Promise<void> => {
    const begun = await (isNative ? front.createNativeRecoveryFlow() : front.createBrowserRecoveryFlow())
    const { id: flow, ui } = await front.getRecoveryFlow({ id: begun.id })
    const submit = (fields: { email?: string; code?: string }) => {
      const method = { method: 'code', csrf_token: csrf(ui)!, ...fields } as const
      return front.updateRecoveryFlow({ flow, updateRecoveryFlowBody: method })
    }
    expect((await submit({ email })).state).toBe('sent_email')
    const { redirect_browser_to } = await refused(422, submit({ code: await newestCode() }))
    expect(redirect_browser_to).toContain('/settings?flow=')
  }

  const id = await signUp()
  await signOut()
  await signIn(PASSWORD)
  await verify()
  await change()
  await signOut()
  await signIn(ANOTHER)
  await signOut()
  await recover()
  return id
}

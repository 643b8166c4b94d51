import { Configuration, CourierApi, FrontendApi, ResponseError } from '@ory/client-fetch'
import { expect, test } from 'vitest'
import { describeTransports, NOW } from '../support.ts'

const PASSWORD = 'correct horse battery staple'

describeTransports("Ory's own client", (start) => {
  test('signs up, out, in, verifies an address and changes a password', async () => {
    await using ory = await start({ seed: { identities: [] }, now: NOW })
    // Without it, Kratos takes whoever verifies an address for a browser.
    const headers = { accept: 'application/json' }
    const front = new FrontendApi(new Configuration({ basePath: ory.publicUrl, fetchApi: ory.fetch, headers }))
    const courier = new CourierApi(new Configuration({ basePath: ory.url, fetchApi: ory.fetch }))
    const registration = await front.createNativeRegistrationFlow()
    const signed = await front.updateRegistrationFlow({
      flow: registration.id,
      updateRegistrationFlowBody: { method: 'password', password: PASSWORD, traits: { email: 'ada@example.test' } },
    })
    expect(signed.identity.traits).toMatchObject({ email: 'ada@example.test' })
    await front.performNativeLogout({ performNativeLogoutBody: { session_token: signed.session_token! } })
    await expect(front.toSession({ xSessionToken: signed.session_token! })).rejects.toThrow(ResponseError)

    const login = await front.createNativeLoginFlow()
    expect(await front.getLoginFlow({ id: login.id })).toMatchObject({ id: login.id, state: 'choose_method' })
    const { session, session_token } = await front.updateLoginFlow({
      flow: login.id,
      updateLoginFlowBody: { method: 'password', identifier: 'ada@example.test', password: PASSWORD },
    })
    expect(await front.toSession({ xSessionToken: session_token! })).toMatchObject({ id: session.id })

    const verification = await front.createNativeVerificationFlow()
    const email = { method: 'code', email: 'ada@example.test' } as const
    await front.updateVerificationFlow({ flow: verification.id, updateVerificationFlowBody: email })
    const [message] = await courier.listCourierMessages({ recipient: 'ada@example.test' })
    expect(await courier.getCourierMessage({ id: message!.id })).toMatchObject({ subject: message!.subject })
    const code = /\b\d{6}\b/.exec(message!.body)![0]
    const passed = await front.updateVerificationFlow({
      flow: verification.id,
      updateVerificationFlowBody: { method: 'code', code },
    })
    expect(passed.state).toBe('passed_challenge')

    const settings = await front.createNativeSettingsFlow({ xSessionToken: session_token! })
    const changed = await front.updateSettingsFlow({
      flow: settings.id,
      xSessionToken: session_token!,
      updateSettingsFlowBody: { method: 'password', password: 'another correct horse' },
    })
    expect(changed.state).toBe('success')
  })
})

import { methodOff } from '../../model/errors.ts'
import { putCsrf, submit } from '../nodes.ts'
import { personOf } from '../people.ts'
import { NotResponsible } from '../problems.ts'
import { texts } from '../texts.ts'
import type { RegistrationMethod } from './method.ts'
import { asksForProvider } from './off.ts'

const NAME = 'oidc'

/**
 * Social sign-in is off, but Kratos has it read every registration that comes this far: of what it cannot read, only
 * its own button is left (selfservice/strategy/oidc/strategy.go HandleError).
 */
export const oidcRegistration: RegistrationMethod = {
  name: NAME,
  offer() {},
  offerCredentials() {},
  async submit({ visit, flow, form }) {
    try {
      personOf(visit, flow, form.whole('POST', 'GET'))
    } catch (problem) {
      flow.ui.nodes = []
      putCsrf(visit, flow)
      flow.ui.nodes.push(submit(NAME, '', texts.continueRegistration, 'provider'))
      throw problem
    }
    if (asksForProvider(form)) throw methodOff()
    throw new NotResponsible()
  },
}

import type { FlowKind, Ui, UiText } from '../model/flow.ts'
import { KratosError } from '../model/errors.ts'
import { partsOf } from '../model/flaw.ts'
import { toldOf, type Violation } from '../jsonschema/violation.ts'
import { addMessage } from './nodes.ts'
import { generic, missing } from './texts.ts'
import { violationMessage } from './violation-texts.ts'

/** One thing that is wrong with a submission, at a field or, without one, at the form. */
export interface FormFlaw {
  readonly message: UiText
  readonly at?: string
}

/** A submission that the form is shown again for. */
export class FormProblem extends Error {
  override readonly name = 'FormProblem'
  readonly flaws: readonly FormFlaw[]

  constructor(...flaws: readonly FormFlaw[]) {
    super(flaws[0]?.message.text)
    this.flaws = flaws
  }
}

/** @throws FormProblem where there are any. */
export const checkFlaws = (flaws: readonly FormFlaw[], ...more: readonly FormFlaw[]): void => {
  if (flaws.length + more.length > 0) throw new FormProblem(...flaws, ...more)
}

interface Replacement {
  /** Whose form the other flow has. */
  readonly by: 'code' | 'link'
  /** Of what kind it is, where it is not of the same. */
  readonly type?: 'browser'
  /** How a script is told of it that is not sent there. */
  readonly told?: (id: string) => KratosError
}

/** A recovery or a verification cannot go on: another one has to be gone on with, and says why. */
export class FlowReplaced extends Error {
  override readonly name = 'FlowReplaced'
  readonly why: UiText
  readonly parts: Replacement

  constructor(why: UiText, parts: Replacement) {
    super(why.text)
    this.why = why
    this.parts = parts
  }
}

/** What Go says that Kratos has no words of its own for. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}

/** No method feels responsible for a submission. */
export class NotResponsible extends Error {
  override readonly name = 'NotResponsible'
}

/** Somebody is signed in who may not be (selfservice/flow/{login,registration,recovery}/handler.go ErrAlreadyLoggedIn). */
export const alreadySignedIn = (flow: FlowKind): KratosError =>
  new KratosError(400, {
    id: 'session_already_available',
    ...(flow === 'recovery' ? {} : { message: 'you are already logged in' }),
    reason: `A valid session was detected and thus ${flow} is not possible.${flow === 'login' ? ' Did you forget to set `?refresh=true`?' : ''}`,
  })

/** What a browser is told that has to go elsewhere (selfservice/flow/error.go). */
export const locationChange = (location: string): KratosError =>
  new KratosError(422, {
    id: 'browser_location_change_required',
    message: 'browser location change required',
    reason: `In order to complete this flow please redirect the browser to: ${location}`,
    beside: { redirect_browser_to: location },
  })

/** A login without a verified address, and where to verify it (selfservice/flow/login/error.go ErrAddressNotVerified). */
export const addressNotVerified = (goesOn: object): KratosError =>
  new KratosError(400, {
    http: 403,
    id: 'session_verified_address_required',
    message: 'your email or phone address is not yet verified',
    reason:
      "Your account's email or phone address are not verified yet. Please check your email or phone inbox or re-request verification.",
    details: { continue_with: [goesOn] },
  })

/** A login that asks for a verified address of somebody who has none at all. */
export const misconfigured = ({ is13 }: { readonly is13: boolean }): KratosError =>
  new KratosError(500, {
    ...(is13 ? {} : { id: 'invalid_configuration', message: 'Invalid configuration' }),
    reason:
      'A misconfiguration prevents login. Expected to find a verification address but this identity does not have one assigned.',
  })

export const missingField = (name: string): FormFlaw => ({ message: missing(name), at: name })

const dotted = (pointer: string): string =>
  partsOf(`/${pointer}`)
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('.', String.raw`\.`))
    .join('.')

/** What a form says of a violation (container.go ParseError): each leaf at its field. */
export const violationFlaws = (root: Violation, knowsFormats: boolean): FormFlaw[] =>
  Array.from(toldOf(root)).flatMap(({ instance, schema, error }) => {
    const names = error.missing
    if (names.length > 0) return names.map((name) => ({ message: missing(name), at: dotted(`${instance}/${name}`) }))
    if (error.causes.length > 0) return []
    const word = schema.slice(schema.lastIndexOf('/') + 1)
    return [{ message: violationMessage(word, error.message, knowsFormats), at: dotted(instance) }]
  })

/** Shows a problem in a form. @returns false for what is no problem of the form's. */
export const showProblem = (ui: Ui, problem: unknown): boolean => {
  if (problem instanceof FormProblem) {
    for (const { message, at } of problem.flaws) addMessage(ui, message, at)
    return true
  }
  if (!(problem instanceof KratosError) || problem.code !== 400) return false
  addMessage(ui, generic(problem.parts.reason ?? ''))
  return true
}

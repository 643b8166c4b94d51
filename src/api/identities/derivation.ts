import { bytesOf, quote } from '../../go/bytes.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import type { JsonNode } from '../../go/json-parse.ts'
import { goLower, goTrim } from '../../go/letters.ts'
import { MailError } from '../../go/mail.ts'
import type { JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'
import type { World } from '../../world/world.ts'
import type { Extension } from '../../jsonschema/extension.ts'
import { formats } from '../../jsonschema/formats.ts'
import { goPrint } from '../../go/print.ts'
import { normalEmail, normalPhone, normalText, PrecisError } from '../../jsonschema/normalize.ts'
import { e164, PhoneError } from '../../jsonschema/phone.ts'
import { violation, type Violation } from '../../jsonschema/violation.ts'
import { credentialWork, UNSTORED, type IdentityWork, type RecoveryWork, type VerifiableWork } from './identity-work.ts'

interface Address {
  readonly via: string
  readonly value: string
}

/** Where a one-time code is sent to. */
export interface CodeAddress {
  readonly channel: string
  readonly address: string
}

/** The configuration of a `code` credential. */
export const codeConfig = (addresses: readonly CodeAddress[]): JsonText => goJson({ addresses })

/** Addresses, found by their channel and by how they are compared. */
class Addresses<T extends Address> {
  readonly #byText = new Map<string, T>()
  readonly #spelled: (text: string) => string

  constructor(spelled: (text: string) => string) {
    this.#spelled = spelled
  }

  /** Those of a list; most identities had none before. */
  static of<T extends Address>(all: readonly T[], spelled: (text: string) => string): Addresses<T> | undefined {
    if (all.length === 0) return undefined
    const made = new Addresses<T>(spelled)
    for (const one of all) made.add(one)
    return made
  }

  get all(): T[] {
    return [...this.#byText.values()]
  }

  #textOf({ via, value }: Address): string {
    return `${via}\0${this.#spelled(value)}`
  }

  get(address: Address): T | undefined {
    return this.#byText.get(this.#textOf(address))
  }

  /** Of equal ones the first stays. */
  add(one: T): void {
    const text = this.#textOf(one)
    if (!this.#byText.has(text)) this.#byText.set(text, one)
  }
}

const newVerifiable = (via: string, value: string): VerifiableWork => ({
  id: UNSTORED,
  value,
  verified: false,
  via,
  status: 'pending',
  verified_at: null,
  created_at: ZERO_TIME,
  updated_at: ZERO_TIME,
})

const newRecovery = (via: string, value: string): RecoveryWork => ({
  id: UNSTORED,
  value,
  via,
  created_at: ZERO_TIME,
  updated_at: ZERO_TIME,
})

const asIs = (text: string): string => text

const emailIdentifier = (text: string): string => (text.includes('@') ? goTrim(goLower(text)) : text)

/** What makes a text no address or number. @throws what is another error. */
const unfit = (error: unknown): string => {
  if (error instanceof PhoneError || error instanceof MailError || error instanceof PrecisError) return error.message
  throw error
}

const wrongFormat = (value: JsonNode, format: string): Violation =>
  violation('format', `${goPrint(value, 'q')} is not valid ${quote(bytesOf(format))}`)

const hasFormat = (value: JsonNode, format: string): boolean =>
  value.kind === 'string' && formats.get(format)!(value.text)

/**
 * What `ory.sh/kratos` makes out of an identity's traits while they are validated: identifiers of credentials,
 * verifiable and recovery addresses (identity/extension_credentials.go, _verification.go, _recovery.go).
 */
export class Derivation {
  readonly #work: IdentityWork
  readonly #recoversBySms: boolean
  readonly #folds: boolean
  readonly #identifiers = new Map<string, Set<string>>()
  /** By their address and channel. */
  readonly #codes = new Map<string, CodeAddress>()
  readonly #verifiable: Addresses<VerifiableWork>
  readonly #recovery: Addresses<RecoveryWork>
  readonly #verifiableBefore: Addresses<VerifiableWork> | undefined
  readonly #recoveryBefore: Addresses<RecoveryWork> | undefined

  constructor(world: World, work: IdentityWork) {
    this.#work = work
    this.#recoversBySms = world.profile.knows('v25.4.0')
    this.#folds = world.profile.has.identifiersFolded
    const same = this.#folds ? normalText : asIs
    this.#verifiable = new Addresses(same)
    this.#recovery = new Addresses(same)
    this.#verifiableBefore = Addresses.of(work.verifiable_addresses, same)
    this.#recoveryBefore = Addresses.of(work.recovery_addresses, same)
  }

  /** Takes one trait. @returns what it does wrong. */
  take(
    { credentials, verification, recovery }: Extension,
    format: string | undefined,
    value: JsonNode,
  ): Violation | undefined {
    const text = goPrint(value, 's')
    if (credentials.password.identifier) this.#identify('password', this.#typed(text))
    if (credentials.webauthn.identifier) this.#identify('webauthn', this.#typed(text))
    return (
      (credentials.code.identifier ? this.#code(credentials.code.via, format ?? '', text) : undefined) ??
      (verification.via === '' ? undefined : this.#verify(verification.via, format ?? '', value, text)) ??
      (recovery.via === '' ? undefined : this.#recover(recovery.via, format ?? '', value, text))
    )
  }

  /** Makes credentials of the identifiers, and replaces the addresses by what the traits gave; those that were there before stay as they were. */
  finish(): void {
    for (const [type, identifiers] of this.#identifiers) this.#credential(type, identifiers)
    this.#work.verifiable_addresses = this.#verifiable.all
    this.#work.recovery_addresses = this.#recovery.all
  }

  #typed(text: string): string {
    return this.#folds ? normalText(text) : goLower(text)
  }

  /** Where a code goes to. @throws what `unfit` tells apart. */
  #codeAddress(channel: 'email' | 'sms', format: string, text: string): string {
    if (!this.#folds) return channel === 'sms' ? e164(text) : emailIdentifier(text)
    if (channel === 'sms') return normalPhone(text)
    return format === '' || format === 'email' ? normalEmail(text) : normalText(text)
  }

  #identify(type: string, value: string): void {
    const there = this.#identifiers.get(type)
    if (there === undefined) this.#identifiers.set(type, new Set([value]))
    else there.add(value)
  }

  #credential(type: string, identifiers: ReadonlySet<string>): void {
    const made = this.#work.credentials.get(type) ?? credentialWork(type, type === 'code' ? 1 : 0)
    this.#work.credentials.set(type, {
      type,
      identifiers: [...identifiers],
      config: type === 'code' ? this.#codeConfig() : made.config,
      version: made.version,
      created_at: made.created_at,
      updated_at: made.updated_at,
    })
  }

  #codeConfig(): JsonText {
    return codeConfig([...this.#codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one))
  }

  #code(channel: string, format: string, text: string): Violation | undefined {
    if (channel !== 'email' && channel !== 'sms') {
      return violation(
        'ory.sh~/kratos/credentials/code/via',
        `channel type ${quote(bytesOf(channel))} must be one of email, sms`,
      )
    }
    let address: string
    try {
      address = this.#codeAddress(channel, format, text)
    } catch (error) {
      return violation('', unfit(error))
    }
    this.#codes.set(`${address}\0${channel}`, { channel, address })
    this.#identify('code', address)
    return undefined
  }

  #verify(via: string, format: string, value: JsonNode, text: string): Violation | undefined {
    if (format === '' && via !== 'email') {
      return violation(
        'format',
        'no format specified. A format is required if verification is enabled. If this was intentional, please set "format" to "no-validate"',
      )
    }
    if (format === '' && !hasFormat(value, 'email')) return wrongFormat(value, 'email')
    const isEmail = format === '' || format === 'email'
    let normal = isEmail ? goLower(goTrim(text)) : goTrim(text)
    if (this.#folds && (isEmail || format === 'tel')) {
      try {
        normal = via === 'email' ? normalEmail(text) : via === 'sms' ? normalPhone(text) : normalText(text)
      } catch (error) {
        unfit(error)
        const shown = quote(bytesOf(format || 'email'))
        return violation('format', `${goPrint(value, 'q')} can not be normalized for format ${shown}`)
      }
    }
    const address = { via, value: normal }
    this.#verifiable.add(this.#verifiableBefore?.get(address) ?? newVerifiable(via, normal))
    return undefined
  }

  #recover(via: string, given: string, value: JsonNode, text: string): Violation | undefined {
    const format = via === 'email' ? 'email' : via === 'sms' && this.#recoversBySms ? 'tel' : undefined
    if (format === undefined) return violation('', `recovery.via has unknown value ${quote(bytesOf(via))}`)
    const address = { via, value: via === 'email' ? goLower(goTrim(text)) : goTrim(text) }
    if (this.#folds && via === 'sms') {
      try {
        address.value = normalPhone(text)
      } catch (error) {
        unfit(error)
        return violation('format', `${goPrint(value, 'q')} is not valid "tel" for "sms"`)
      }
    } else if (!(this.#folds && given !== '' && given !== 'email') && !hasFormat(value, format)) {
      return wrongFormat(value, format)
    } else if (this.#folds) address.value = normalText(text)
    this.#recovery.add(this.#recoveryBefore?.get(address) ?? newRecovery(via, address.value))
    return undefined
  }
}

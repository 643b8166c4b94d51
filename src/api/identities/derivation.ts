import { bytesOf, quote } from '../../go/bytes.ts'
import { ZERO_TIME } from '../../go/json-values.ts'
import type { JsonNode } from '../../go/json-parse.ts'
import type { JsonText } from '../../model/identity.ts'
import { goJson } from '../../model/json.ts'
import type { World } from '../../world/world.ts'
import type { Extension } from '../../jsonschema/extension.ts'
import { formats } from '../../jsonschema/formats.ts'
import { goPrint } from '../../go/print.ts'
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

const find = <T extends Address>(all: readonly T[], { via, value }: Address): T | undefined =>
  all.find((one) => one.via === via && one.value === value)

const emailIdentifier = (text: string): string => (text.includes('@') ? text.toLowerCase().trim() : text)

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
  readonly #identifiers = new Map<string, Set<string>>()
  #codes: readonly CodeAddress[] = []
  readonly #verifiable: VerifiableWork[] = []
  readonly #recovery: RecoveryWork[] = []

  constructor(world: World, work: IdentityWork) {
    this.#work = work
    this.#recoversBySms = world.profile.release !== 'v1.3.1'
  }

  /** Takes one trait. @returns what it does wrong. */
  take(
    { credentials, verification, recovery }: Extension,
    format: string | undefined,
    value: JsonNode,
  ): Violation | undefined {
    const text = goPrint(value, 's')
    if (credentials.password.identifier) this.#identify('password', [text.toLowerCase()])
    if (credentials.webauthn.identifier) this.#identify('webauthn', [text.toLowerCase()])
    return (
      (credentials.code.identifier ? this.#code(credentials.code.via, text) : undefined) ??
      (verification.via === '' ? undefined : this.#verify(verification.via, format ?? '', value, text)) ??
      (recovery.via === '' ? undefined : this.#recover(recovery.via, value, text))
    )
  }

  /** Replaces the addresses by what the traits gave; those that were there before stay as they were. */
  finish(): void {
    const before = this.#work.verifiable_addresses
    this.#work.verifiable_addresses = this.#verifiable.map((one) => find(before, one) ?? one)
    this.#work.recovery_addresses = this.#recovery
  }

  #identify(type: string, values: readonly string[], config?: string): void {
    const there = this.#work.credentials.get(type)
    const identifiers = this.#identifiers.get(type) ?? new Set()
    for (const value of values) identifiers.add(value)
    this.#identifiers.set(type, identifiers)
    const made = there ?? { ...credentialWork(type), version: type === 'code' ? 1 : 0 }
    this.#work.credentials.set(type, { ...made, type, identifiers: [...identifiers], config: config ?? made.config })
  }

  #code(channel: string, text: string): Violation | undefined {
    if (channel !== 'email' && channel !== 'sms') {
      return violation(
        'ory.sh~/kratos/credentials/code/via',
        `channel type ${quote(bytesOf(channel))} must be one of email, sms`,
      )
    }
    let address: string
    try {
      address = channel === 'sms' ? e164(text) : emailIdentifier(text)
    } catch (error) {
      if (error instanceof PhoneError) return violation('', error.message)
      throw error
    }
    const others = this.#codes.filter((one) => one.channel !== channel || one.address !== address)
    const key = (one: CodeAddress): string => `${one.address}\0${one.channel}`
    this.#codes = [...others, { channel, address }].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    this.#identify(
      'code',
      this.#codes.map((one) => one.address),
      codeConfig(this.#codes),
    )
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
    const address = { via, value: isEmail ? text.trim().toLowerCase() : text.trim() }
    if (find(this.#verifiable, address) === undefined) {
      const made = {
        verified: false,
        status: 'pending',
        verified_at: null,
        created_at: ZERO_TIME,
        updated_at: ZERO_TIME,
      }
      this.#verifiable.push(find(this.#work.verifiable_addresses, address) ?? { id: UNSTORED, ...address, ...made })
    }
    return undefined
  }

  #recover(via: string, value: JsonNode, text: string): Violation | undefined {
    const format = via === 'email' ? 'email' : via === 'sms' && this.#recoversBySms ? 'tel' : undefined
    if (format === undefined) return violation('', `recovery.via has unknown value ${quote(bytesOf(via))}`)
    if (!hasFormat(value, format)) return wrongFormat(value, format)
    const address = { via, value: via === 'email' ? text.trim().toLowerCase() : text.trim() }
    if (find(this.#recovery, address) === undefined) {
      const made = { id: UNSTORED, ...address, created_at: ZERO_TIME, updated_at: ZERO_TIME }
      this.#recovery.push(find(this.#work.recovery_addresses, address) ?? made)
    }
    return undefined
  }
}

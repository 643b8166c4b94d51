import { normalTyped } from '../api/identities/credential-types.ts'
import { queueMessage } from '../courier/queue-message.ts'
import type { TemplateType } from '../courier/templates.ts'
import { KratosError } from '../model/errors.ts'
import type { Flow, SentCode } from '../model/flow.ts'
import type { Identity, VerifiableAddress } from '../model/identity.ts'
import { claim, identityHolding } from '../store/claims.ts'
import { expiredError, FlowExpired, replacedError } from './flow-store.ts'
import { FlowReplaced, FormProblem } from './problems.ts'
import { flowExpired, generic } from './texts.ts'
import { withParams, type Visit } from './visit.ts'

/** To whom a code or a link went. */
export interface SentTo {
  readonly identityId: string
  readonly address: string
}

/** Whom a code or a link is for, and which letter brings it. */
interface Recipient extends SentTo {
  readonly template: TemplateType
  readonly via: string
}

/** A one-time code's words in a letter. */
const letterOf = (visit: Visit, flow: Flow, { secret, kind }: SentCode): { code?: string; link?: string } => {
  const base = `${visit.publicUrl}/self-service/${flow.kind}`
  if (kind === 'link') return { link: withParams(base, { flow: flow.id, token: secret }) }
  return flow.kind === 'verification'
    ? { code: secret, link: withParams(base, { flow: flow.id, code: secret }) }
    : { code: secret }
}

/** Draws a code or a link, keeps it with the flow and hands it to the courier. */
export const sendSecret = (
  visit: Visit,
  flow: Flow,
  kind: SentCode['kind'],
  { template, identityId, address, via }: Recipient,
): void => {
  const { world, config, now } = visit
  const { random } = world
  if (visit.is13 && via === 'sms' && flow.kind === 'registration')
    throw new KratosError(500, { reason: 'Expected sms template but got <nil>' })
  const lifespan = config[kind].lifespan
  const secret = kind === 'link' ? random.alphanumeric(32) : String(random.integer(0, 999_999)).padStart(6, '0')
  const sent: SentCode = { secret, kind, identity_id: identityId, address, via, expires: now + lifespan, used: false }
  flow.codes.push(sent)
  if (identityId !== '') visit.about = identityId
  const minutes = Math.trunc(lifespan / 60e6)
  const domain = new URL(flow.request_url).hostname
  queueMessage(world, { template, recipient: address, via, data: { ...letterOf(visit, flow, sent), minutes, domain } })
  const row = flow.kind === 'verification' ? world.store.tables.identities.get({ id: identityId }) : undefined
  if (row !== undefined) world.store.write((draft) => draft.putIdentity(markedSent(row, { value: address, via })))
}

/** An identity with an address that somebody has been written to, to verify it. */
export const markedSent = (identity: Identity, { value, via }: Pick<VerifiableAddress, 'value' | 'via'>): Identity => ({
  ...identity,
  verifiable_addresses: identity.verifiable_addresses.map((one) =>
    one.value === value && one.via === via ? { ...one, status: 'sent' } : one,
  ),
})

type Purpose = 'recovery' | 'verification'

/** What a recovery or a verification is done by: what it is bound to, or what is configured. @throws KratosError 400 when that is off. */
export const useOf = ({ config }: Visit, purpose: Purpose, bound = ''): 'code' | 'link' => {
  if ((bound === 'code' || bound === 'link') && config[bound].enabled) return bound
  const { use } = config[purpose]
  if (config[use].enabled) return use
  throw new KratosError(400, {
    reason:
      purpose === 'recovery'
        ? `You attempted recovery using ${use}, which is not enabled or does not exist. An administrator needs to enable this recovery method.`
        : `The active verification strategy ${use} is not enabled. Please enable it in the configuration.`,
  })
}

/** The address that a database takes a text for, and whose it is. */
const heldBy = ({ world }: Visit, purpose: Purpose, via: string, to: string): SentTo | undefined => {
  const { tables, layout } = world.store
  const key = layout.collate(normalTyped(to, world.profile))
  const holder = identityHolding(tables, purpose === 'recovery' ? claim.recovery(via, key) : claim.verifiable(via, key))
  const addresses = purpose === 'recovery' ? holder?.recovery_addresses : holder?.verifiable_addresses
  const found = addresses?.find((one) => one.via === via && layout.collate(one.value) === key)
  return found && { identityId: holder!.id, address: found.value }
}

/** Sends a code or a link to an address that somebody has; tells it that nobody does, where that is configured. */
export const sendTo = (visit: Visit, flow: Flow, kind: SentCode['kind'], to: string, via = 'email'): void => {
  const purpose: Purpose = flow.kind === 'recovery' ? 'recovery' : 'verification'
  const letter = kind === 'link' ? purpose : (`${purpose}_code` as const)
  const held = heldBy(visit, purpose, via, to)
  if (held !== undefined) sendSecret(visit, flow, kind, { template: `${letter}_valid`, ...held, via })
  else if (visit.config[purpose].notifyUnknown && via === 'email')
    sendSecret(visit, flow, kind, { template: `${letter}_invalid`, identityId: '', address: to, via })
}

/** What goes wrong leads to another recovery, which says why where a form can (strategy_recovery.go retryRecoveryFlow). @throws FlowReplaced, KratosError */
export const orRetried = <T>(visit: Visit, parts: FlowReplaced['parts'], step: () => T): T => {
  try {
    return step()
  } catch (error) {
    visit.renewCsrf()
    if (error instanceof FormProblem) throw new FlowReplaced(error.flaws[0]!.message, parts)
    if (!(error instanceof KratosError) || error.code !== 400) throw error
    throw new FlowReplaced(generic(error.parts.reason ?? ''), parts)
  }
}

/** A code that must not be used: a recovery or a verification is to be retried. */
const refused = ({ kind }: Flow, reason: string): Error => {
  const told = (id: string): KratosError => replacedError(id, 'An error occured, please retry the flow.')
  if (kind === 'recovery') return new FlowReplaced(generic(reason), { by: 'code' })
  return kind === 'verification'
    ? new FlowReplaced(generic(reason), { by: 'code', told })
    : new KratosError(400, { reason })
}

/** What is over leads to another flow (strategy_{recovery,verification}.go retry…FlowWithError). */
const over = ({ now }: Visit, { kind: of }: Flow, { kind: by, expires }: SentCode): Error => {
  if (of === 'login' || of === 'registration') return new FlowExpired(expires)
  const told = (id: string): KratosError => expiredError(expires, now, id)
  const parts = by === 'link' ? ({ by, type: 'browser' } as const) : of === 'recovery' ? { by } : { by, told }
  return new FlowReplaced(flowExpired(of, expires, now), parts)
}

/**
 * Takes a code or a link that was sent for a flow; after five tries no code is taken any more (persistence/sql/persister_code.go).
 * @returns undefined for one that is not right, or that went to nobody who could use it.
 * @throws KratosError 400, FlowReplaced for one too many or one that was used, FlowExpired for one that is over.
 */
export const takeCode = (visit: Visit, flow: Flow, secret: string, kind: SentCode['kind']): SentTo | undefined => {
  if (kind === 'code') flow.tries += 1
  // A link that was used is not found any more.
  const found = flow.codes.find((one) => one.kind === kind && one.secret === secret && (kind === 'code' || !one.used))
  try {
    if (kind === 'code' && flow.tries > visit.config.code.most)
      throw refused(flow, 'The request was submitted too often. Please request another code.')
    if (found === undefined) return undefined
    // Later releases do not find what is over.
    const isForgotten = kind === 'code' && (visit.isNext || (visit.knowsFormats && flow.kind === 'recovery'))
    const isOver = found.expires < visit.now
    if (isOver && isForgotten) return undefined
    if (found.used && !isOver) throw refused(flow, 'The code was already used. Please request another code.')
    found.used = true
    if (isOver) throw over(visit, flow, found)
    if (found.identity_id === '' && flow.kind !== 'registration') return undefined
    return { identityId: found.identity_id, address: found.address }
  } finally {
    remember(visit, flow)
  }
}

/** Keeps what was tried, whatever becomes of the rest of the submission. */
const remember = ({ world }: Visit, { id, tries, codes }: Flow): void => {
  const stored = world.store.tables.flows.get({ id })
  if (stored !== undefined)
    world.store.write((draft) => draft.putFlow({ ...stored, tries, codes: structuredClone(codes) }))
}

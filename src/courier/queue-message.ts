import { storedTime } from '../databases/database.ts'
import { formatTime, orderOf } from '../model/time.ts'
import type { World } from '../world/world.ts'
import { render, renderSms, type MailData, type TemplateType } from './templates.ts'

export interface Letter {
  readonly template: TemplateType
  readonly recipient: string
  /** `email` or `sms`. */
  readonly via: string
  readonly data: MailData
}

/** Hands a letter to the courier, where it stays: nobody sends it, whoever asks reads it. */
export const queueMessage = (world: World, { template, recipient, via, data }: Letter): void => {
  const now = world.clock.now()
  const message = {
    id: world.random.uuid(),
    created: orderOf(now, world.store.tables.messages.slice(0, 1)[0]?.created),
    created_at: storedTime(world.database, formatTime(now)),
    status: 'queued',
    // The reference names another type than the one that servers write.
    type: via !== 'sms' ? 'email' : world.profile.hasDatabase ? 'sms' : 'phone',
    recipient,
    ...(via === 'sms' ? renderSms : render)(template, data, world.profile),
    template_type: template,
    channel: via,
  } as const
  world.store.write((draft) => draft.putMessage(message))
}

import type { JSX } from 'preact'
import type { MailLine } from '../../control/mail.ts'
import { shortTime, useTime } from '../live/time.ts'
import { copy } from './announcement.tsx'
import { Json } from './json.tsx'
import { Verb } from './verb.tsx'

const Detail = ({ message: { body, code, link } }: { readonly message: MailLine }): JSX.Element => (
  <div class="detail">
    <div>
      <div class="head">
        <h2>Text</h2>
        <span class="buttons">
          {code === null ? null : <Verb label="Copy code" kind="primary" act={() => copy('code', code)} />}
          {link === null ? null : <Verb label="Copy link" act={() => copy('link', link)} />}
        </span>
      </div>
      <Json value={body} label="Text of the message" />
    </div>
  </div>
)

interface RowProps {
  readonly message: MailLine
  readonly isOpen: boolean
  readonly toggle: () => void
}

/** A message in a line, which opens to its text. */
export const MailRow = ({ message, isOpen, toggle }: RowProps): JSX.Element => {
  const { id, created_at, subject, recipient, template_type } = message
  const { now } = useTime()
  return (
    <>
      <tr class={isOpen ? 'open' : ''} data-message={id}>
        <td class="muted time" title={created_at}>
          {shortTime(created_at, now)}
        </td>
        <th scope="row">
          <button type="button" class="opener" aria-expanded={isOpen} onClick={toggle}>
            {subject === '' ? 'no subject' : subject}
          </button>
        </th>
        <td class="wide">
          <bdi>{recipient}</bdi>
        </td>
        <td class="muted">{template_type}</td>
      </tr>
      {isOpen ? (
        <tr class="inside">
          <td colSpan={4}>
            <Detail message={message} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

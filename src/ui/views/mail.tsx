import type { JSX } from 'preact'
import type { MailPage } from '../../control/mail.ts'
import { useControl, withQuery } from '../live/data.ts'
import { go, hashOf, route } from '../live/route.ts'
import { useStore } from '../live/store.ts'
import { Waiting } from '../parts/loading.tsx'
import { MailRow } from '../parts/mail-row.tsx'

/** What the courier holds, newest first: nobody sends it. */
export const Mail = (): JSX.Element => {
  const { query } = useStore(route)
  const [recipient, after, open] = [query.get('recipient') ?? '', query.get('after') ?? '', query.get('open')]
  const { value: page, refusal, isOld } = useControl<MailPage>(withQuery('/mail', { recipient, page_token: after }))
  return (
    <>
      <div class="head">
        <h1>Mail</h1>
        <span class="muted">{page === undefined ? '' : `${page.total} in all`}</span>
        <label class="search">
          <span class="hidden">Recipient</span>
          <input
            type="search"
            placeholder="a recipient, or a part of one"
            value={recipient}
            onInput={({ currentTarget }) => go(hashOf('mail', { recipient: currentTarget.value }), true)}
          />
        </label>
      </div>
      {page === undefined || (isOld && page.messages.length === 0) ? (
        <Waiting refusal={refusal} />
      ) : page.messages.length === 0 ? (
        <p class="empty">
          {page.total === 0
            ? 'There are no messages. Whoever recovers, verifies or signs in by code gets one.'
            : 'None of the messages is for that recipient.'}
        </p>
      ) : (
        <table class="requests" aria-busy={isOld}>
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
              <th scope="col">Template</th>
            </tr>
          </thead>
          <tbody>
            {page.messages.map((message) => (
              <MailRow
                key={message.id}
                message={message}
                isOpen={message.id === open}
                toggle={() =>
                  go(hashOf('mail', { recipient, after, open: message.id === open ? null : message.id }), true)
                }
              />
            ))}
          </tbody>
        </table>
      )}
      <p class="pager">
        {after === '' ? null : <a href={hashOf('mail', { recipient })}>First page</a>}
        {page?.next === null || page === undefined ? null : (
          <a href={hashOf('mail', { recipient, after: page.next })}>Next page</a>
        )}
      </p>
    </>
  )
}

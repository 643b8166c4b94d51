import type { JSX } from 'preact'
import { hashOf } from '../live/route.ts'
import type { JudgedRow } from '../live/verdict.ts'
import { tokenText, type WalkedPage } from '../live/walk.ts'

/** How many of the rows that were passed over are named. */
const NAMED = 10

const PassedOver = ({ ids }: { readonly ids: readonly string[] }): JSX.Element => (
  <>
    {ids.slice(0, NAMED).map((id) => (
      <li key={id} class="passed">
        <code>{id}</code> <span class="badge expiring">passed over</span>
      </li>
    ))}
    {ids.length > NAMED ? <li class="passed">and {ids.length - NAMED} more passed over</li> : null}
  </>
)

const Links = ({ links }: Pick<WalkedPage, 'links'>): JSX.Element | null =>
  links.length === 0 ? null : (
    <dl class="headers" aria-label="Link">
      {links.map(([rel, target]) => (
        <div key={rel}>
          <dt>{rel}</dt>
          <dd>
            <Target target={target} />
          </dd>
        </div>
      ))}
    </dl>
  )

/** A target whose page token is shown as what it says. */
const Target = ({ target }: { readonly target: string }): JSX.Element => {
  const text = tokenText(target)
  const [before = '', , after = ''] = target.split(/((?<=[?&]page_token=)[^&]*)/)
  return (
    <span class="path" title={target}>
      {before}
      {text === undefined ? null : <code class="token">{text}</code>}
      {after}
    </span>
  )
}

interface PageCardProps {
  readonly number: number
  readonly page: WalkedPage
  readonly rows: readonly JudgedRow[]
}

/** A page of a walk: what was asked, where it leads to, and its rows. */
export const PageCard = ({ number, page, rows }: PageCardProps): JSX.Element => {
  const { target, status, links, total, fault, said } = page
  return (
    <li class="card">
      <div class="head">
        <h2>Page {number}</h2>
        <span class={`badge ${status === 200 ? 'fine' : 'failed'}`}>{status === 0 ? 'dropped' : status}</span>
        <span class="muted">
          {rows.length === 1 ? '1 row' : `${rows.length} rows`}
          {total === null ? '' : `, X-Total-Count ${total}`}
        </span>
      </div>
      {fault === null ? null : (
        <p class="why">
          The fault rule <a href={hashOf('faults')}>{fault}</a> acted on it.
        </p>
      )}
      <p class="path">
        GET <Target target={target} />
      </p>
      <Links links={links} />
      {said === undefined ? null : <pre tabIndex={0}>{said}</pre>}
      <ul class="rows">
        {rows.map(({ id, mark, passedOver }, n) => (
          // The same row may stand twice on a page.
          <li key={n} class={passedOver.length > 0 ? 'holder' : ''}>
            {passedOver.length > 0 ? (
              <ul class="rows">
                <PassedOver ids={passedOver} />
              </ul>
            ) : null}
            <code>{id}</code> {mark === undefined ? null : <span class="badge revoked">{mark}</span>}
          </li>
        ))}
      </ul>
    </li>
  )
}

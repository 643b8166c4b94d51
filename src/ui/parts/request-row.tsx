import type { JSX } from 'preact'
import type { RecordedRequest } from '../../journal/entry.ts'
import { isObject } from '../../model/json.ts'
import { curlOf, fixtureOf, pathOf, testLineOf } from '../copy/request.ts'
import { sdkOf } from '../copy/sdk.ts'
import { card } from '../live/mock.ts'
import { useName } from '../live/names.ts'
import { hashOf } from '../live/route.ts'
import { clockTime } from '../live/time.ts'
import { CopyAs, type CopyForm } from './copy-as.tsx'
import { Json } from './json.tsx'

const OWNED = /^\/admin\/identities\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const idIn = (value: unknown): string | undefined => {
  const id = isObject(value) ? value['id'] : undefined
  return typeof id === 'string' && UUID.test(id) ? id : undefined
}

/** Whom a request was about, as far as it or its answer says. */
export const identityOf = ({ path, operation, response }: RecordedRequest): string | undefined => {
  const named = OWNED.exec(path)?.[1]?.toLowerCase()
  if (named !== undefined) return named
  const body = response?.body
  if (operation === 'createIdentity' || operation === 'getIdentityByExternalID') return idIn(body)
  return isObject(body) ? idIn(body['identity']) : undefined
}

/** What a status is called, and the class that it is drawn in. */
const statusOf = (status: number | null): readonly [text: string, kind: string] => {
  if (status === null) return ['in flight', 'pending']
  if (status === 0) return ['dropped', 'failed']
  return [String(status), status < 300 ? 'fine' : status < 400 ? 'moved' : 'failed']
}

const formsOf = (entry: RecordedRequest): readonly CopyForm[] => {
  const target = card.value
  const sdk = sdkOf(entry.operation, entry, target)
  const fixture = fixtureOf(entry)
  return [
    { name: 'curl', text: () => curlOf(entry, target) },
    ...(sdk === undefined ? [] : [{ name: 'SDK call', text: () => sdk }]),
    ...(fixture === undefined ? [] : [{ name: 'fixture', text: () => fixture }]),
    { name: 'test line', text: () => testLineOf(entry, target, entry.status) },
  ]
}

const Head = ({
  headers,
  label,
}: {
  readonly headers: Readonly<Record<string, string>>
  readonly label: string
}): JSX.Element => (
  <dl class="headers" aria-label={label}>
    {Object.entries(headers).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <bdi>{value}</bdi>
        </dd>
      </div>
    ))}
  </dl>
)

const Detail = ({ entry }: { readonly entry: RecordedRequest }): JSX.Element => {
  const { method, headers, body, response, fault, status } = entry
  return (
    <div class="detail">
      <div>
        <div class="head">
          <h2>Request</h2>
          <CopyAs forms={formsOf(entry)} />
        </div>
        <p class="target">
          <b>{method}</b> <bdi>{pathOf(entry)}</bdi>
        </p>
        <Head headers={headers} label="Headers of the request" />
        {body === null ? null : <Json value={body} label="Body of the request" />}
      </div>
      <div>
        <div class="head">
          <h2>Response</h2>
        </div>
        {fault === null ? null : (
          <p class="why">
            The fault rule <a href={hashOf('faults')}>{fault}</a> acted on it.
          </p>
        )}
        {response === null ? (
          <p class="muted">{status === null ? 'There is none yet.' : 'The connection ended without one.'}</p>
        ) : (
          <>
            <Head headers={response.headers} label="Headers of the response" />
            {response.body === null ? null : <Json value={response.body} label="Body of the response" />}
          </>
        )}
      </div>
    </div>
  )
}

const Whom = ({ id }: { readonly id: string | undefined }): JSX.Element => {
  const name = useName(id)
  if (id === undefined) return <span class="muted none">–</span>
  return (
    <a class={name === undefined ? 'id' : 'name'} href={hashOf(`people/${id}`)} title={id}>
      <bdi>{name ?? id.slice(0, 8)}</bdi>
    </a>
  )
}

interface RowProps {
  readonly entry: RecordedRequest
  readonly isOpen: boolean
  readonly toggle: () => void
}

/** A request in a line, which opens to all of it. */
export const RequestRow = ({ entry, isOpen, toggle }: RowProps): JSX.Element => {
  const { seq, at, operation, status, durationMs, fault, method } = entry
  const [text, kind] = statusOf(status)
  const identity = identityOf(entry)
  return (
    <>
      <tr class={isOpen ? 'open' : ''} data-seq={seq}>
        <td class="muted time" title={at}>
          {clockTime(at)}
        </td>
        <th scope="row">
          <button type="button" class="opener" aria-expanded={isOpen} onClick={toggle}>
            {operation ?? 'no operation'}
          </button>
        </th>
        <td class="wide path">
          <span class="method">{method}</span> <bdi>{pathOf(entry)}</bdi>
        </td>
        <td data-label="Identity">
          <Whom id={identity} />
        </td>
        <td>
          <span class={`badge ${kind}`}>{text}</span>
        </td>
        <td class="number" data-label="ms">
          {durationMs < 10 ? durationMs.toFixed(1) : durationMs.toFixed(0)}
        </td>
        <td data-label="Fault">
          {fault === null ? <span class="muted none">–</span> : <a href={hashOf('faults')}>{fault}</a>}
        </td>
      </tr>
      {isOpen ? (
        <tr class="inside">
          <td colSpan={7}>
            <Detail entry={entry} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

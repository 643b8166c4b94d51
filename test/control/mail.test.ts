import { expect, test } from 'vitest'
import type { Mock } from '../../src/index.ts'
import { mailTo } from '../mail.ts'
import { describeTransports, EMAIL, NOW, person } from '../support.ts'

interface Page {
  readonly messages: readonly {
    readonly id: string
    readonly recipient: string
    readonly body: string
    readonly code: string | null
    readonly link: string | null
  }[]
  readonly total: number
  readonly next: string | null
}

const told = async (ory: Mock, query: Readonly<Record<string, string>> = {}): Promise<Page> =>
  (await (await ory.fetch(`/_mock/mail?${new URLSearchParams(query).toString()}`)).json()) as Page

describeTransports('Mail for the page', (start) => {
  const seed = { schemas: { default: EMAIL }, identities: [1, 2, 3].map((n) => person(n)) }

  test.each(['documented', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3', 'kratos-next'] as const)(
    'has the code and the link of each message that has one, in %s',
    async (profile) => {
      await using ory = await start({ seed, now: NOW, profile })
      await mailTo(ory, 'p1@example.test', 'recovery')
      await ory.clock.advance('1s')
      await mailTo(ory, 'p2@example.test', 'verification')
      const { messages, total, next } = await told(ory)
      expect([total, next]).toEqual([2, null])
      const [verification, recovery] = messages
      expect(verification).toMatchObject({ recipient: 'p2@example.test', template_type: 'verification_code_valid' })
      expect(verification!.code).toMatch(/^\d{6}$/)
      expect(new URL(verification!.link!).searchParams.get('code')).toBe(verification!.code)
      expect(recovery).toMatchObject({ recipient: 'p1@example.test', link: null })
      expect(recovery!.body).toContain(`\n${recovery!.code}\n`)
    },
  )

  test('is paged newest first, also while more comes, and filtered by a part of a recipient', async () => {
    await using ory = await start({ seed, now: NOW })
    for (const n of [1, 2, 3, 1]) {
      await mailTo(ory, `p${n}@example.test`, 'recovery')
      await ory.clock.advance('1s')
    }
    const recipients = ({ messages }: Page): readonly string[] => messages.map(({ recipient }) => recipient.slice(0, 2))
    const first = await told(ory, { page_size: '2' })
    expect([recipients(first), first.total]).toEqual([['p1', 'p3'], 4])
    await mailTo(ory, 'p2@example.test', 'recovery')
    const second = await told(ory, { page_size: '2', page_token: first.next! })
    expect([recipients(second), second.next]).toEqual([['p2', 'p1'], null])
    expect(recipients(await told(ory, { recipient: 'P1@EX' }))).toEqual(['p1', 'p1'])
    expect(await told(ory, { recipient: 'nobody' })).toEqual({ messages: [], total: 5, next: null })
  })

  test('leaves no trace in the journal, no fault acts on it, and what cannot be read is refused', async () => {
    await using ory = await start({ seed, now: NOW })
    await ory.faults.add({ id: 'all', effect: { status: 503 } })
    expect(await told(ory)).toEqual({ messages: [], total: 0, next: null })
    expect(await ory.requests.list()).toEqual([])
    for (const [query, reason] of [
      ['page_size=501', 'page_size goes from 1 to 500, not "501".'],
      ['page_token=x', '"x" is no page_token of this list.'],
    ]) {
      const response = await ory.fetch(`/_mock/mail?${query}`)
      expect([response.status, await response.json()]).toMatchObject([400, { error: { reason } }])
    }
  })
})

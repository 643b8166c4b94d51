import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMock, type FaultRule, type Mock } from '../../src/index.ts'
import { NOW, person, sessionOf, uuid } from '../support.ts'
import { countNaively, walkCarefully, walkNaively, type Listed } from './list-walkers.ts'

const schema = (title: string): object => ({
  $id: `https://example.test/${title}`,
  title,
  type: 'object',
  properties: { traits: { type: 'object', properties: { email: { type: 'string' } } } },
})

const seed = {
  schemas: Object.fromEntries(['default', 'b', 'c', 'd', 'e'].map((id) => [id, schema(id)])),
  identities: [1, 2, 3, 4, 5, 6, 7].map((n) => person(n)),
  sessions: [1, 2, 3, 4, 5, 6].map((n) => sessionOf(1, n)),
}

const MINE = { 'X-Session-Token': 'ory_st_1_1' }

const lists = {
  listIdentitySessions: { path: `/admin/identities/${uuid(1)}/sessions?page_size=2` },
  listMySessions: { path: '/sessions?page_size=2', headers: MINE },
  listIdentitySchemas: { path: '/schemas?page_size=2' },
  listSessions: { path: '/admin/sessions?page_size=2' },
  listIdentities: { path: '/admin/identities?page_size=2' },
} as const satisfies Record<string, Listed>
type ListId = keyof typeof lists
const listIds = Object.keys(lists) as ListId[]

let mock: Mock
beforeAll(async () => {
  mock = await createMock({ seed, now: NOW })
})
afterAll(() => mock.close())
beforeEach(() => mock.reset())

/** Every item that a list has, asked for in one page. */
const truth = async (operation: ListId): Promise<string[]> => {
  await mock.faults.clear()
  const list: Listed = lists[operation]
  const response = await mock.fetch(mock.url + list.path.replace('page_size=2', 'page_size=100'), {
    headers: list.headers ?? {},
  })
  return ((await response.json()) as { id: string }[]).map(({ id }) => id).sort()
}

/** A fault on the second page where it can show there, once. */
const once = (operation: ListId, page: string): Promise<unknown> => {
  const first = ['repeat', 'duplicate', 'expire-token', 'wrong-total'].includes(page)
  return mock.faults.add({
    match: { operation },
    when: { skip: first ? 0 : 1, times: 1 },
    effect: { page },
  } as FaultRule)
}

/** What a naive client ends up with: a list, or a failure. */
const naively = (operation: ListId): Promise<unknown> =>
  walkNaively(mock, lists[operation]).then(
    (ids) => ids.sort(),
    (error: unknown) => error,
  )

describe.each(listIds)('%s', (operation) => {
  test('is walked alike by a naive and by a careful client while nothing lies', async () => {
    const all = await truth(operation)
    expect(all.length).toBeGreaterThan(4)
    expect(await naively(operation)).toEqual(all)
    expect(await walkCarefully(mock, lists[operation])).toEqual(all)
  })

  test.each(['repeat', 'skip', 'empty', 'loop', 'drop-next', 'duplicate', 'expire-token', 'shift'])(
    'with `%s` leads a naive client astray, and not a careful one',
    async (page) => {
      await once(operation, page)
      const naive = await naively(operation)
      await mock.faults.verify()
      expect(naive).not.toEqual(await truth(operation))

      await mock.reset()
      await once(operation, page)
      const careful = await walkCarefully(mock, lists[operation])
      await mock.faults.verify()
      expect(careful).toEqual(await truth(operation))
    },
  )

  test('with `wrong-total` fools one who counts by the header, and not one who counts what came', async () => {
    await once(operation, 'wrong-total')
    const counted = await countNaively(mock, lists[operation])
    await mock.faults.verify()
    const all = await truth(operation)
    expect(counted).not.toBe(all.length)
    await once(operation, 'wrong-total')
    expect(await walkCarefully(mock, lists[operation])).toHaveLength(all.length)
  })

  test('says on a page that lies which rule made it', async () => {
    await mock.faults.add({ id: 'liar', match: { operation }, effect: { page: 'loop' } })
    const list: Listed = lists[operation]
    const response = await mock.fetch(mock.url + list.path, { headers: list.headers ?? {} })
    expect(response.headers.get('ory-mock-fault')).toBe('liar')
  })
})

describe('a page that lies', () => {
  const page = async (path: string): Promise<{ ids: string[]; link: string; total: string | null; status: number }> => {
    const response = await mock.fetch(mock.url + path, { headers: MINE })
    const body: unknown = await response.json()
    return {
      ids: Array.isArray(body) ? body.map((item: { id: string }) => item.id) : [],
      link: response.headers.get('link') ?? '',
      total: response.headers.get('x-total-count'),
      status: response.status,
    }
  }
  const next = (link: string): string => /<([^>]*)>; rel="next"/.exec(link)![1]!
  const OFFSET = lists.listIdentitySessions.path
  const KEYSET = lists.listSessions.path

  describe.each([
    ['by offset', OFFSET],
    ['by keyset', KEYSET],
    ['of identities by keyset', lists.listIdentities.path],
    ['of identities by number', '/admin/identities?page=0&per_page=2'],
    ['by number', OFFSET.replace('page_size', 'per_page')],
  ])('of a list %s', (_title, first) => {
    test('is, with `repeat`, the former page to the byte, and leads to the page that was asked for', async () => {
      const one = await page(first)
      const two = await page(next(one.link))
      await mock.faults.add({ when: { times: 1 }, effect: { page: 'repeat' } })
      const again = await page(next(one.link))
      expect(again.ids).toEqual(one.ids)
      expect((await page(next(again.link))).ids).toEqual(two.ids)
    })

    test('has, with `duplicate`, the last item of the former page before its own', async () => {
      const one = await page(first)
      const two = await page(next(one.link))
      await mock.faults.add({ effect: { page: 'duplicate' } })
      const doubled = await page(next(one.link))
      expect(doubled).toEqual({ ...two, ids: [one.ids[1], ...two.ids] })
    })

    test('is, with `skip`, the page after it', async () => {
      const one = await page(first)
      const two = await page(next(one.link))
      await mock.faults.add({ effect: { page: 'skip' } })
      expect(await page(first)).toEqual(two)
    })

    test('is empty with `empty`, and still has a next one', async () => {
      const one = await page(first)
      await mock.faults.add({ effect: { page: 'empty' } })
      expect(await page(first)).toEqual({ ...one, ids: [] })
    })

    test('points to itself with `loop`, from the first page and from a later one', async () => {
      const one = await page(first)
      const two = await page(next(one.link))
      await mock.faults.add({ effect: { page: 'loop' } })
      const looped = await page(first)
      expect(looped.ids).toEqual(one.ids)
      expect((await page(next(looped.link))).ids).toEqual(one.ids)
      const later = await page(next(one.link))
      expect(later.ids).toEqual(two.ids)
      expect((await page(next(later.link))).ids).toEqual(two.ids)
    })

    test('has no `next` with `drop-next`, and all else', async () => {
      const one = await page(first)
      await mock.faults.add({ effect: { page: 'drop-next' } })
      const dropped = await page(first)
      expect(dropped.ids).toEqual(one.ids)
      expect(dropped.link).not.toContain('rel="next"')
      expect(dropped.link.split(',').every((link) => one.link.includes(link))).toBe(true)
    })

    test('tells, with `wrong-total`, of one more than there is', async () => {
      const one = await page(first)
      await mock.faults.add({ effect: { page: 'wrong-total' } })
      expect(await page(first)).toEqual({ ...one, total: String(Number(one.total ?? one.ids.length) + 1) })
    })
  })

  test('is refused with `expire-token` only where a token is given', async () => {
    const one = await page(KEYSET)
    await mock.faults.add({ effect: { page: 'expire-token' } })
    expect((await page(KEYSET)).status).toBe(200)
    expect((await page(`${OFFSET}&page_token=`)).status).toBe(200)
    expect((await page(next(one.link))).status).toBe(400)
    const response = await mock.fetch(mock.url + next(one.link))
    expect(await response.json()).toMatchObject({
      error: { code: 400, reason: 'The page token is invalid, do not craft your own page tokens' },
    })
  })

  test('at the end of a list has nothing left to skip, and a `next` all the same when it is empty', async () => {
    const last = OFFSET.replace('page_size=2', 'page_size=100')
    await mock.faults.add({ when: { times: 1 }, effect: { page: 'skip' } })
    expect((await page(last)).ids).toEqual([])
    await mock.faults.add({ when: { times: 1 }, effect: { page: 'empty' } })
    const empty = await page(last)
    expect(empty.ids).toEqual([])
    expect((await page(next(empty.link))).ids).toHaveLength(6)
  })

  test('with `shift` has a newer session in its data, which stays', async () => {
    const one = await page(OFFSET)
    await mock.faults.add({ when: { times: 1 }, effect: { page: 'shift' } })
    const two = await page(next(one.link))
    expect(two.ids[0]).toBe(one.ids[1])
    expect(two.total).toBe('7')
    const after = await page(OFFSET)
    expect(after.ids[1]).toBe(one.ids[0])
    expect((await page(`/admin/sessions/${after.ids[0]}`)).status).toBe(200)
  })

  test('with `shift` counts as active for a client that asks for active sessions', async () => {
    await mock.faults.add({ when: { times: 1 }, effect: { page: 'shift' } })
    expect((await page(`/admin/identities/${uuid(1)}/sessions?active=true`)).ids).toHaveLength(7)
  })

  test('keeps every number and escape of its items as they were', async () => {
    const traits = { text: 'a "quoted" [{,}] \\ ö <b>', deep: [[{}], []] }
    await mock.seed({ identities: [{ ...person(0), id: uuid(0), traits, metadata_public: { n: 1e21 } }] })
    const whole = await (await mock.fetch(`${mock.url}/admin/identities`)).text()
    await mock.faults.add({ effect: { page: 'wrong-total' } })
    expect(await (await mock.fetch(`${mock.url}/admin/identities`)).text()).toBe(whole)
  })

  test('is one of messages, too', async () => {
    await using post = await createMock({ seed: { identities: seed.identities }, now: NOW })
    const read = async (path: string): Promise<{ ids: string[]; link: string }> => {
      const response = await post.fetch(new URL(path, post.url))
      const ids = ((await response.json()) as { id: string }[]).map(({ id }) => id)
      return { ids, link: response.headers.get('link')! }
    }
    for (const n of [1, 2, 3, 4]) {
      const flow = (await (await post.fetch(`${post.url}/self-service/recovery/api`)).json()) as { id: string }
      await post.fetch(`${post.url}/self-service/recovery?flow=${flow.id}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ method: 'code', email: `p${n}@example.test` }),
      })
    }
    const first = '/admin/courier/messages?page_size=2'
    const one = await read(first)
    const two = await read(next(one.link))
    expect([one.ids.length, two.ids.length]).toEqual([2, 2])
    await post.faults.add({ when: { times: 1 }, effect: { page: 'skip' } })
    expect(await read(first)).toEqual(two)
    await post.faults.add({ when: { times: 1 }, effect: { page: 'duplicate' } })
    expect(await read(next(one.link))).toEqual({ ...two, ids: [one.ids[1], ...two.ids] })
    await post.faults.add({ when: { times: 1 }, effect: { page: 'loop' } })
    expect((await read(next((await read(first)).link))).ids).toEqual(one.ids)
  })

  test('that is refused for its token stays refused', async () => {
    await using guarded = await createMock({ seed, now: NOW, token: 'open-sesame' })
    await guarded.faults.add({ effect: { page: 'empty' } })
    const path = guarded.url + lists.listIdentities.path
    expect((await guarded.fetch(path)).status).toBe(401)
    const allowed = await guarded.fetch(path, { headers: { Authorization: 'Bearer open-sesame' } })
    expect(await allowed.json()).toEqual([])
  })

  test('of an error stays the error that it was', async () => {
    await mock.faults.add({ effect: { page: 'empty' } })
    expect((await page('/admin/identities/nobody/sessions')).status).toBe(400)
    expect((await page(`/admin/identities/${uuid(99)}/sessions`)).status).toBe(404)
  })

  test('comes from every profile', async () => {
    for (const profile of ['kratos-next', 'kratos-26.2', 'kratos-25.4', 'kratos-1.3'] as const) {
      await using other = await createMock({ seed, now: NOW, profile })
      for (const operation of listIds) {
        const list: Listed = lists[operation]
        for (const effect of [
          'repeat',
          'skip',
          'empty',
          'loop',
          'drop-next',
          'duplicate',
          'wrong-total',
          'expire-token',
          'shift',
        ] as const) {
          const path = list.path + (effect === 'expire-token' ? '&page_token=eyJvZmZzZXQiOiIyIiwidiI6Mn0' : '')
          await other.faults.add({ when: { times: 1 }, effect: { page: effect } })
          const response = await other.fetch(other.url + path, { headers: list.headers ?? {} })
          expect([profile, operation, effect, response.status < 500]).toEqual([profile, operation, effect, true])
          await other.faults.clear()
        }
      }
    }
  })

  test.each([
    ['kratos-1.3', { authenticated_at: '2026-11-23T05:00:00Z' }],
    ['kratos-26.2', { created_at: '2026-11-23T05:00:00Z' }],
  ] as const)(
    'of a newer session comes first in %s, however far the data is ahead of the clock',
    async (profile, ahead) => {
      const sessions = [sessionOf(1, 1), sessionOf(1, 2, ahead), sessionOf(2, 1, ahead)]
      await using other = await createMock({
        seed: { identities: [person(1), person(2)], sessions },
        now: NOW,
        profile,
      })
      const before = [uuid(10_002), uuid(10_001)]
      const list = async (): Promise<string[]> => {
        const found = await (await other.fetch(`${other.url}/admin/identities/${uuid(1)}/sessions`)).json()
        return (found as { id: string }[]).map(({ id }) => id)
      }
      expect(await list()).toEqual(before)
      await other.faults.add({ match: { operation: 'listIdentitySessions' }, effect: { page: 'shift' } })
      const shifted = await list()
      expect([shifted.length, shifted.slice(1)]).toEqual([3, before])
    },
  )

  test('is found far down a list of many', async () => {
    await mock.seed({ generate: { identities: 300, sessions: { min: 10, max: 10 } } })
    let url = '/admin/sessions?page_size=700'
    const pages = []
    for (let n = 0; n < 4; n++) {
      const one = await page(url)
      pages.push(one)
      url = next(one.link)
    }
    await mock.faults.add({ effect: { page: 'repeat' } })
    expect((await page(next(pages[2]!.link))).ids).toEqual(pages[2]!.ids)
  })
})

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { EMAIL, person, uuid } from '../support.ts'

const seed = { schemas: { default: EMAIL }, identities: [person(1), person(2), person(3)] }

const list = (ory: Mock, query: string): Promise<Response> => ory.fetch(`${ory.url}/admin/identities?${query}`)

const refusal = async (ory: Mock, query: string): Promise<string> =>
  ((await (await list(ory, query)).json()) as { error: { reason: string } }).error.reason

const INCLUDED = 'include_credential=x'
const FILTERS = `ids=${uuid(1)}&credentials_identifier=a&preview_credentials_identifier_similar=a`
const PAGE = 'page_size=x'
const said = {
  included: 'Invalid value `x` for parameter `include_credential`.',
  ids: 'Invalid UUID value `y` for parameter `ids`.',
  combined: 'You cannot combine multiple filters in this API',
  page: 'strconv.Atoi: parsing "x": invalid syntax',
}

describe('What a list of identities is asked for is read in one order', () => {
  test.each(['kratos-next', 'kratos-26.2', 'kratos-25.4'] as const)('by %s', async (profile) => {
    await using ory = await createMock({ profile, seed })
    expect(await refusal(ory, `${PAGE}&${FILTERS}&${INCLUDED}&ids=y`)).toBe(said.ids)
    expect(await refusal(ory, `${PAGE}&${FILTERS}&${INCLUDED}`)).toBe(said.included)
    expect(await refusal(ory, `${PAGE}&${FILTERS}`)).toBe(said.combined)
    expect(await refusal(ory, PAGE)).toBe(said.page)
  })

  test('by 1.3, which begins with the credentials', async () => {
    await using ory = await createMock({ profile: 'kratos-1.3', seed })
    expect(await refusal(ory, `${PAGE}&${FILTERS}&${INCLUDED}&ids=y`)).toBe(
      'Invalid value `[]` for parameter `include_credential`.',
    )
    expect(await refusal(ory, `${PAGE}&${FILTERS}&ids=y`)).toBe(said.ids)
    expect(await refusal(ory, `${PAGE}&${FILTERS}`)).toContain('Cannot pass both')
  })

  test('before a database is asked', async () => {
    await using ory = await createMock({ profile: 'kratos-26.2', database: 'postgres', seed })
    const query = 'credentials_identifier=%00'
    expect((await list(ory, query)).status).toBe(500)
    expect(await refusal(ory, `${query}&${PAGE}`)).toBe(said.page)
    expect(await refusal(ory, `${query}&page=9&per_page=500`)).toContain('Legacy pagination')
  })
})

test('a page by number of those with an identifier counts what it holds itself', async () => {
  await using ory = await createMock({ profile: 'kratos-26.2', seed })
  const total = async (page: number): Promise<string | null> =>
    (await list(ory, `credentials_identifier=p1@example.test&page=${page}`)).headers.get('x-total-count')
  expect(await Promise.all([0, 1, 2].map(total))).toEqual(['1', '0', '0'])
})

test('1.3 lists who has both an identifier and one of the ids', async () => {
  await using ory = await createMock({ profile: 'kratos-1.3', seed })
  const ids = async (query: string): Promise<string[]> =>
    ((await (await list(ory, query)).json()) as { id: string }[]).map(({ id }) => id)
  const two = `ids=${uuid(1)}&ids=${uuid(2)}`
  expect(await ids(`${two}&credentials_identifier=p1@example.test`)).toEqual([uuid(1)])
  expect(await ids(`${two}&credentials_identifier=p3@example.test`)).toEqual([])
  expect(await ids(`${two}&preview_credentials_identifier_similar=p`)).toEqual([uuid(1), uuid(2)])
})

test.each([
  ['x', 'illegal base64 data at input byte 0'],
  ['abcd*', 'illegal base64 data at input byte 4'],
  ['abcd=', 'illegal base64 data at input byte 4'],
  ['%25zz', 'invalid URL escape \\"%zz\\"'],
])('1.3 says what is wrong with the token %s of a page of messages', async (token, message) => {
  await using ory = await createMock({ profile: 'kratos-1.3', seed })
  const answer = await ory.fetch(`${ory.url}/admin/courier/messages?page_token=${token}`)
  expect([answer.status, await answer.text()]).toEqual([
    400,
    `{"error":{"code":500,"status":"Internal Server Error","message":"${message}"}}\n`,
  ])
})

describe('A token of a page of messages that cannot be read', () => {
  const wrong = (code: number, status: string, message: string): string =>
    JSON.stringify({ error: { code, status, message } })
  const failed = (message: string): string => wrong(500, 'Internal Server Error', message)
  const escape = failed('invalid URL escape "%zz"')
  const invalid = wrong(400, 'Bad Request', 'invalid pagination token')

  test.each([
    ['page_token=x', failed('decode token: illegal base64 data at input byte 0')],
    ['page_token=abc%252B', failed('decode token: illegal base64 data at input byte 3')],
    ['page_token=&page_token=x', failed('decode token: illegal base64 data at input byte 0')],
    [`page_token=${uuid(1)}`, failed('decrypt token: %!w(<nil>)')],
    ['page_token=%25zz', escape],
    ['page_size=&page_size=x', failed('strconv.Atoi: parsing "x": invalid syntax')],
  ])('is answered %s by 26.2 and 25.4', async (query, body) => {
    for (const profile of ['kratos-26.2', 'kratos-25.4'] as const) {
      await using ory = await createMock({ profile, seed })
      const answer = await ory.fetch(`${ory.url}/admin/courier/messages?${query}`)
      expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, body])
    }
  })

  test('drops the connection of 26.2 and 25.4 where it is too short', async () => {
    for (const profile of ['kratos-26.2', 'kratos-25.4'] as const) {
      await using ory = await createMock({ profile, seed })
      await expect(ory.fetch(`${ory.url}/admin/courier/messages?page_token=abcd`)).rejects.toThrow('fetch failed')
    }
  })

  test.each([
    ['abcd', invalid],
    ['x', invalid],
    ['%25zz', escape],
  ])('says of %s on next what is wrong with it', async (token, body) => {
    await using ory = await createMock({ profile: 'kratos-next', seed })
    const answer = await ory.fetch(`${ory.url}/admin/courier/messages?page_token=${token}`)
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, body])
  })
})

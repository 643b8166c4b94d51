import { describe, expect, test } from 'vitest'
import { parseMediaType } from '../../src/go/media-type.ts'
import { createMock } from '../../src/index.ts'
import { EMAIL, person, uuid } from '../support.ts'

const seed = { schemas: { default: EMAIL }, identities: [person(1)] }
const body = '{"state":"active","traits":{"email":"p1@example.test"}}'

describe('The Content-Type of an update is read as Go reads a media type', () => {
  const single = ['application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8', 'application/json;']
  const broken = ['application/json; charset', 'application/json ; x', 'application/json;;', 'text/json', 'json']
  const several = ['application/json,text/plain', 'text/plain, application/json']

  test.each([
    ['kratos-next', single, [...broken, ...several, '']],
    ['kratos-26.2', single, [...broken, ...several, '']],
    ['kratos-25.4', single, [...broken, ...several, '']],
    ['kratos-1.3', [...single, ...several], [...broken, 'x/y/z, application/json', '']],
  ] as const)('by %s', async (profile, taken, refused) => {
    await using ory = await createMock({ profile, seed })
    const put = (type: string): Promise<Response> =>
      ory.fetch(`${ory.url}/admin/identities/${uuid(1)}`, { method: 'PUT', headers: { 'content-type': type }, body })
    for (const type of taken) expect([type, (await put(type)).status]).toEqual([type, 200])
    for (const type of refused) {
      const reason = `HTTP PUT Request used unknown HTTP Header "Content-Type: ${type}", only [application/json] are supported.`
      expect(await (await put(type)).json()).toMatchObject({ error: { code: 400, reason } })
    }
  })
})

// What mime.ParseMediaType of Go 1.26 answers; `-` is an error.
test.each([
  ['a/b;x="a\\"b"', 'a/b'],
  ['a/b; a=b; A=b', 'a/b'],
  ['a/b; a=b; A=c', '-'],
  ['a/b;x="a b" ;y=z', 'a/b'],
  ['a/b;x="', '-'],
  ['a/b;x=é', '-'],
  ['a/b;=x', '-'],
  ['a /b', '-'],
  ['', '-'],
  [';a=b', '-'],
  ['token', 'token'],
])('%o is the media type %s', (header, type) => {
  expect(parseMediaType(header) ?? '-').toBe(type)
})

import { describe, expect, test } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { EMAIL, person, uuid } from '../support.ts'

const seed = { schemas: { default: EMAIL }, identities: [person(1, { metadata_public: { a: [1] } })] }

interface Patched {
  readonly metadata_public?: unknown
  readonly error?: { readonly message: string }
}

const patch = async (ory: Mock, ...operations: readonly object[]): Promise<Patched> => {
  const url = `${ory.url}/admin/identities/${uuid(1)}`
  const headers = { 'content-type': 'application/json' }
  return (
    await ory.fetch(url, { method: 'PATCH', headers, body: JSON.stringify(operations) })
  ).json() as Promise<Patched>
}

const add = (path: string, value: unknown = 1): object => ({ op: 'add', path, value })
const remove = (path: string): object => ({ op: 'remove', path })

describe('An empty key on the way of a path', () => {
  test.each(['kratos-next', 'kratos-26.2', 'kratos-25.4'] as const)(
    'leads to a copy of the document, whose changes are lost, in %s',
    async (profile) => {
      await using ory = await createMock({ profile, seed })
      const { metadata_public } = await patch(ory, remove('//state'), add('//metadata_public/b'), add('//x'))
      expect(metadata_public).toEqual({ a: [1] })
      expect((await patch(ory, remove('//state'), remove('//state'))).error?.message).toBe(
        "error in remove for path: '//state': unable to remove nonexistent key: state: missing value",
      )
    },
  )

  test('leads nowhere inside of it', async () => {
    await using ory = await createMock({ profile: 'kratos-26.2', seed })
    expect((await patch(ory, add('/metadata_public//b'))).error?.message).toBe(
      'add operation does not apply: doc is missing path: "/metadata_public//b": missing value',
    )
  })

  test('is any other key to 1.3', async () => {
    await using ory = await createMock({ profile: 'kratos-1.3', seed })
    expect((await patch(ory, add('/metadata_public//b'))).metadata_public).toEqual({ a: [1], '': { b: 1 } })
    expect((await patch(ory, remove('//state'))).error?.message).toContain('doc is missing path: "//state"')
  })
})

test.each([
  ['99999999999999999999', 'value out of range'],
  ['9999999999999999999', 'value out of range'],
  // Go stops at the digit that makes a number too large, whatever follows.
  ['99999999999999999999x', 'value out of range'],
  ['9999999999999999999x', 'invalid syntax'],
])('an index of %s is none', async (index, wrong) => {
  await using ory = await createMock({ profile: 'kratos-26.2', seed })
  const path = `/metadata_public/a/${index}`
  const why = `strconv.Atoi: parsing "${index}": ${wrong}`
  expect((await patch(ory, remove(path))).error?.message).toBe(`error in remove for path: '${path}': ${why}`)
  expect((await patch(ory, { op: 'replace', path, value: 1 })).error?.message).toBe(
    `error in add for path: '${path}': value was not a proper array index: '${index}': ${why}`,
  )
})

test.each(['move', 'copy'])('a %s from what is no text is told from one that is not supported', async (op) => {
  await using ory = await createMock({ profile: 'kratos-26.2', seed })
  const path = '/state'
  expect((await patch(ory, { op, path, from: path })).error?.message).toBe(`unsupported operation: ${op}`)
  expect((await patch(ory, { op, path, from: [1] })).error?.message).toBe(
    `invalid operation {"from":[1],"op":"${op}","path":"${path}"}: failed to decode 'from': json: cannot unmarshal array into Go value of type string`,
  )
})

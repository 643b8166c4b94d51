import { expect, test } from 'vitest'
import { nearestPath, operationId } from '../../src/model/nearest-operation.ts'
import { operationIds, operations } from '../../src/model/operations.ts'
import { plainVoice, Reader } from '../../src/model/reader.ts'

const saidOf = (value: unknown): string | undefined => {
  const reader = new Reader(plainVoice())
  operationId.read(reader, value, [])
  return reader.flaws[0]?.reason
}

test.each([
  ['whoami', 'toSession'],
  ['whoAmI', 'toSession'],
  ['getWhoami', 'toSession'],
  ['GET /sessions/whoami', 'toSession'],
  ['/admin/identities/{id}/extend', 'extendSession'],
  ['logout', 'updateLogoutFlow'],
  ['identities', 'listIdentities'],
  ['listSession', 'listSessions'],
])('the operation %j is told to be %s', (wrong, meant) => {
  expect(saidOf(wrong)).toBe(`knows no ${JSON.stringify(wrong)}; did you mean ${meant}?`)
})

test.each(['', 'fly', 'x'.repeat(100_000), 'apo'])('nothing is suggested for what is far from all', (wrong) => {
  expect(saidOf(wrong)).not.toContain('did you mean')
})

test('every operation is known, and its own path is not suggested', () => {
  for (const id of operationIds) expect(saidOf(id)).toBeUndefined()
  for (const { path } of operations) expect(nearestPath(path)).toBeUndefined()
})

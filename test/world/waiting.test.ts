import { expect, test } from 'vitest'
import { Waiting } from '../../src/world/waiting.ts'

test('what waits is forgotten when it takes itself back', () => {
  const waiting = new Waiting()
  const back = waiting.add(() => expect.unreachable())
  expect(waiting.size).toBe(1)
  back()
  expect(waiting.size).toBe(0)
  waiting.endAll()
})

test('the end of all ends each once, and whatever is added after it at once', () => {
  const waiting = new Waiting()
  const ended: string[] = []
  waiting.add(() => ended.push('a'))
  waiting.add(() => ended.push('b'))
  waiting.endAll()
  waiting.endAll()
  waiting.add(() => ended.push('late'))
  expect(ended).toEqual(['a', 'b', 'late'])
  expect(waiting.size).toBe(0)
})

test('past the most that may wait, the oldest ends', () => {
  const waiting = new Waiting()
  const ended: number[] = []
  for (let n = 0; n < 16_384; n++) waiting.add(() => ended.push(n))
  expect(ended).toEqual([])
  waiting.add(() => ended.push(-1))
  expect(ended).toEqual([0])
  expect(waiting.size).toBe(16_384)
})

import { expect, test } from 'vitest'
import { urlOf } from '../../src/model/url-of.ts'

test('a URL with letters beyond ASCII is one, however often it is asked', () => {
  const hosts = new Set<string | undefined>()
  for (let n = 0; n < 20_000; n++) hosts.add(urlOf('https://ä.test', 'http://127.0.0.1')?.host)
  expect([...hosts]).toEqual(['xn--4ca.test'])
  expect(urlOf('http://[', 'http://127.0.0.1')).toBe(undefined)
})

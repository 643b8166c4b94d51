import { expect, test } from 'vitest'
import { formats } from '../../src/jsonschema/formats.ts'

// What the formats of Kratos' own library, built with Go 1.26, say of them.
test.each([
  [
    'date-time',
    ['2024-02-29T23:59:59Z', '2024-02-29T1:00:00Z', '2024-01-01T10:00:00,5+24:60', '0000-01-01T00:00:00Z'],
    [
      '2024-01-01T10:00:00+25:00',
      '2024-01-01T10:00:00-00:61',
      '2023-02-29T10:00:00Z',
      '2024-01-01t10:00:00Z',
      '2024-01-01T10:00:00z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T23:59:60Z',
      '2024-01-01 10:00:00Z',
    ],
  ],
  ['time', ['0:00:00Z', '23:59:59.123456789012+05:30'], ['10:00:00', '10:60:00Z', '10:00:00+35:30', '10:0:00Z']],
  ['date', ['2024-02-29', '0000-12-31'], ['2024-2-29', '2023-02-29', '12024-01-01']],
  [
    'uri',
    [
      'http://a.test/x?y#z',
      'a+b://]x',
      'HTTP://<',
      'a+b:%/x',
      'http:|/:p@h/%0z',
      'ftp://a:1:2/',
      'mailto:a b',
      'http://a/#\u0001',
    ],
    [
      'HTTP://A^',
      'http://[:.1]:80/',
      'http://a:1:2/',
      'http://a:x/',
      'http://é@a/',
      'http://a%20b/',
      'http://a/%zz',
      '/a',
      '1a:b',
      'http://a/\u0001',
      'http://a/#%zz',
    ],
  ],
  [
    'uri-reference',
    ['a:%b', 'a:b./a:b%', './a:b', 'a:b', 'a/b:c', '///a b', '', '*', '?%zz'],
    ['1:b', ':a', '//h:x/', '//h%zz', '#%z'],
  ],
  [
    'uri-template',
    ['/a/{b}', 'http://x//{y}?z%{q}/a/{b}', 'http:},//x/{y}?z={q}', '/{a}{b}/c', 'x:{', '/%7B{a}'],
    ['//{b}', '{ab}}}', '{+/a}', '{%bb}}', '{a{b}}'],
  ],
  ['ipv4', ['1.2.3.4', '-0.1.2.3', '+1.2.3.4', '01.2.3.4'], ['-1.2.3.4', '256.1.1.1', '1.2.3']],
] as const)('what is a %s and what is none', (name, fit, unfit) => {
  const isFit = formats.get(name)!
  expect([...fit, ...unfit].filter((text) => isFit(text))).toEqual(fit)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTimes, isWritable, parseTime } from '../../src/model/time.ts'

const two = (most: number, least = 0) => fc.integer({ min: least, max: most }).map((n) => String(n).padStart(2, '0'))
const spelled = fc
  .tuple(
    fc.integer({ min: 1, max: 9998 }).map((year) => String(year).padStart(4, '0')),
    two(13),
    two(32),
    fc.constantFrom('T', 't', ' '),
    two(24),
    two(60),
    two(60),
    fc.option(fc.stringMatching(/^\d{1,12}$/), { nil: '' }),
    fc.constantFrom('Z', 'z', '+01:30', '-05:00'),
  )
  .map(([year, month, day, t, hour, minute, second, fraction, zone]) =>
    [year, '-', month, '-', day, t, hour, ':', minute, ':', second, fraction && `.${fraction}`, zone].join(''),
  )

/** What the platform makes of it, which takes no date that a month lacks only when it is spelled back. */
const platform = (text: string): number | undefined => {
  const [, date, hour, minute, second] = /^(.{10}).(..):(..):(..)/.exec(text)!
  const day = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) return undefined
  if (hour! > '23' || minute! > '59' || second! > '59') return undefined
  return Date.parse(text.slice(0, 19).replace(/[t ]/, 'T') + text.replace(/^.{19}(?:\.\d+)?/, '').toUpperCase())
}

test('A time is read as the platform reads it, to the second, and any other date is refused', () => {
  fc.assert(
    fc.property(spelled, (text) => {
      const micros = parseTime(text)?.micros
      expect(micros === undefined ? undefined : Math.floor(micros / 1e6) * 1000).toBe(platform(text))
    }),
  )
})

test('Times are ordered by their text as they are by their microseconds', () => {
  const moments = spelled.map(parseTime).filter((moment) => moment !== undefined && isWritable(moment))
  // Beyond these years a double no longer tells microseconds apart.
  const exact = moments.filter((moment) => Number.isSafeInteger(moment!.micros))
  const second = fc.tuple(exact, fc.option(fc.stringMatching(/^\d{0,8}[1-9]$/), { nil: undefined }))
  fc.assert(
    fc.property(exact, second, (a, [b, fraction]) => {
      // Half of them are of one second.
      const other = fraction === undefined ? b! : parseTime(`${a!.text.slice(0, 19)}.${fraction}Z`)!
      expect(Math.sign(compareTimes(a!.text, other.text))).toBe(Math.sign(a!.micros - other.micros))
    }),
  )
})

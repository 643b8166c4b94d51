import { formatTime, parseTime, type Micros } from '../../model/time.ts'
import { Clock } from '../../world/clock.ts'
import { sleep } from '../../world/timer.ts'
import { Store, useStore } from './store.ts'

/** The project's time. */
export interface Time {
  readonly now: Micros
  readonly running: boolean
}

/** How often what counts time is drawn, in milliseconds. */
const TICK = 250

const clock = new Clock(0)

export const time: Store<Time> = new Store<Time>({ now: 0, running: false })

export const setTime = ({ now, running }: { readonly now: string; readonly running: boolean }): void => {
  clock.freeze()
  clock.set(parseTime(now)!.micros)
  if (running) clock.run()
  time.value = { now: clock.now(), running }
}

/** Stops counting, where nobody knows any more what time the mock has. */
export const loseTime = (): void => {
  clock.freeze()
}

/** Goes on with the time for as long as the page is there. */
export const keepTime = async (): Promise<never> => {
  for (;;) {
    await sleep(TICK)
    if (clock.running) time.value = { now: clock.now(), running: true }
  }
}

/** The mock's time, to draw by. */
export const useTime = (): Time => useStore(time)

const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]

/** A span in the two units that say most: `3 d 4 h`, `59 s`. */
export const spanText = (span: Micros): string => {
  let seconds = Math.ceil(Math.abs(span) / 1e6)
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size)
    if (count > 0 || (parts.length === 0 && unit === 's')) parts.push(`${count} ${unit}`)
    else if (parts.length > 0) break
    seconds -= count * size
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

/** `01:00:00.000` of a time in RFC 3339, which leaves out the zeros at its end. */
export const clockTime = (text: string): string => {
  const [, seconds = '', fraction = ''] = /T([\d:]+)(?:\.(\d+))?/.exec(text) ?? []
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`
}

/** `11-23 01:00:00` of a time in RFC 3339; with its year where that is not the present one. */
export const shortTime = (text: string, now: Micros): string => {
  const isThisYear = text.slice(0, 4) === formatTime(now).slice(0, 4)
  return text.slice(isThisYear ? 5 : 0, 19).replace('T', ' ')
}

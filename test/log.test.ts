import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createMock } from '../src/index.ts'
import { files } from './cli/program.ts'

const hearing = () => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  return {
    lines: (): string[] => spy.mock.calls.map(([line]) => String(line)),
    [Symbol.dispose]: () => spy.mockRestore(),
  }
}

test('at info there is a line for each request, with its fault and without its secrets', async () => {
  using heard = hearing()
  await using ory = await createMock({ logLevel: 'info', seed: { identities: [] } })
  await ory.faults.add({ id: 'down', when: { times: 1 }, effect: { status: 503 } })
  await ory.fetch('/admin/identities?page_size=1', { headers: { authorization: 'Bearer secret' } })
  await ory.fetch('/admin/identities', { method: 'DELETE' })
  await ory.fetch('/_mock/health')
  const project = await ory.project()
  await project.fetch('/health/alive')
  expect(heard.lines()).toEqual([
    expect.stringMatching(/^GET \/admin\/identities\?page_size=1 503 \d+\.\d ms fault=down$/),
    expect.stringMatching(/^DELETE \/admin\/identities 405 \d+\.\d ms$/),
    expect.stringMatching(/^GET \/health\/alive 200 \d+\.\d ms$/),
  ])
})

test('at debug a line also has the operation and the headers', async () => {
  using heard = hearing()
  await using ory = await createMock({ logLevel: 'debug', seed: { identities: [] } })
  await ory.faults.add({ effect: { connection: 'reset' }, when: { times: 1 } })
  await ory.fetch('/admin/identities', { headers: { authorization: 'Bearer secret', 'x-a': 'b' } }).catch(() => {})
  expect(heard.lines()).toEqual([
    expect.stringMatching(
      /^GET \/admin\/identities dropped \d+\.\d ms fault=\S+ operation=listIdentities headers=\{.*"x-a":"b".*\}$/,
    ),
  ])
  expect(heard.lines().join()).not.toContain('secret')
})

test('at error, which is the default, requests go by in silence', async () => {
  using heard = hearing()
  await using ory = await createMock({ seed: { identities: [] } })
  expect((await ory.fetch('/admin/identities/no-uuid')).status).toBeGreaterThanOrEqual(400)
  expect(heard.lines()).toEqual([])
})

const team = (people: number): string =>
  JSON.stringify({ identities: Array.from({ length: people }, (_, n) => ({ traits: { email: `p${n}@example.com` } })) })

test('a watched file is still watched when its folder, and the one above, was removed and made again', async () => {
  using heard = hearing()
  const { seed: beside } = files({ seed: '' })
  const above = join(dirname(beside), 'a')
  const folder = join(above, 'b')
  const seed = join(folder, 'people.json')
  const write = (people: number): void => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(seed, team(people))
  }
  write(1)
  await using ory = await createMock({ seed, watch: true, logLevel: 'error' })
  const held = async (): Promise<number> => ((await (await ory.fetch('/admin/identities')).json()) as unknown[]).length
  rmSync(folder, { recursive: true })
  write(2)
  await expect.poll(held).toBe(2)
  rmSync(above, { recursive: true })
  write(3)
  await expect.poll(held).toBe(3)
  renameSync(folder, `${folder}-old`)
  write(4)
  await expect.poll(held).toBe(4)
  writeFileSync(seed, team(5))
  await expect.poll(held).toBe(5)
  expect(heard.lines().every((line) => line.startsWith('Seeded anew'))).toBe(true)
})

test('a watched file seeds anew when it is written or replaced, and what is bad or gone changes nothing', async () => {
  using heard = hearing()
  const { seed, next } = files({ seed: team(1), next: team(3) })
  await using ory = await createMock({ seed, watch: true, logLevel: 'info' })
  const project = await ory.project()
  const held = async (): Promise<number> => ((await (await ory.fetch('/admin/identities')).json()) as unknown[]).length
  const notices = (): string[] => heard.lines().filter((line) => !line.startsWith('GET '))

  await ory.seed({ identities: [{ traits: {} }] })
  writeFileSync(seed, team(5))
  await expect.poll(held).toBe(5)
  renameSync(next, seed)
  await expect.poll(held).toBe(3)
  const notice = `Seeded anew, since ${seed} changed.`
  await expect.poll(notices).toEqual([notice, notice])

  writeFileSync(seed, '{"identities":[{"trait":{}}]}')
  await expect.poll(notices).toHaveLength(3)
  expect(notices()[2]).toMatch(/\/identities\/0\/trait[^]*The mock keeps what it had before/)
  rmSync(seed)
  writeFileSync(seed, team(4))
  await expect.poll(held).toBe(4)

  await project.reset()
  expect(await (await project.fetch('/admin/identities')).json()).toHaveLength(4)
})

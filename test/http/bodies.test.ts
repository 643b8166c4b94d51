import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeTransports, NOW, person, uuid } from '../support.ts'

const LETTERS = ['x', 'é', '€', '😀']

describeTransports('Bodies', (start) => {
  test('are the same to whoever asked, and in the journal, however many of any size are made at once', async () => {
    // Around 2 kB a length becomes a chunk; past 43,000 letters a body has memory of its own; past 64 kB the journal cuts.
    const sizes = fc.oneof(fc.nat(40), fc.integer({ min: 1300, max: 2200 }), fc.integer({ min: 10_000, max: 50_000 }))
    const notes = fc.array(fc.tuple(sizes, fc.constantFrom(...LETTERS)), { minLength: 2, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(notes, async (drawn) => {
        const texts = drawn.map(([size, letter]) => letter.repeat(Math.ceil(size / letter.length)))
        const traits = (n: number): object => ({ email: `p${n}@example.test`, note: texts[n] })
        await using ory = await start({
          seed: { identities: texts.map((_, n) => person(n, { traits: traits(n) })) },
          now: NOW,
        })
        const asked = [...texts.keys(), ...texts.keys(), ...texts.keys()]
        const bodies = await Promise.all(
          asked.map((n) => ory.fetch(`/admin/identities/${uuid(n)}`).then((it) => it.text())),
        )
        for (const [at, n] of asked.entries()) expect(JSON.parse(bodies[at]!).traits).toEqual(traits(n))
        const kept = new Map((await ory.requests.list()).map(({ path, response }) => [path, response?.body]))
        for (const [n, text] of texts.entries()) {
          const body = kept.get(`/admin/identities/${uuid(n)}`)
          const isWhole = Buffer.byteLength(bodies[n]!) <= 64 * 1024
          if (isWhole) expect(body).toMatchObject({ traits: traits(n) })
          else expect(bodies[n]!.startsWith(body as string) && text.length > 0).toBe(true)
        }
      }),
      { numRuns: 4 },
    )
  })

  test('of a page that others follow stay what they were until a slow client has read them', async () => {
    const note = 'é'.repeat(150_000)
    const identities = Array.from({ length: 40 }, (_, n) =>
      person(n, { traits: { email: `p${n}@example.test`, note } }),
    )
    await using ory = await start({ seed: { identities }, now: NOW })
    const slow = await ory.fetch('/admin/identities')
    for (let n = 0; n < 200; n++) await (await ory.fetch(`/admin/identities/${uuid(n % 40)}?turn=${n}`)).text()
    const read = (await slow.json()) as { traits: { note: string } }[]
    expect(read.map(({ traits }) => traits.note === note)).toEqual(Array.from({ length: 40 }, () => true))
  })
})

import { expect, test, vi } from 'vitest'
import { Router } from '../../src/http/routing.ts'
import { createMock } from '../../src/index.ts'

test('a target that is asked for again is routed no more, once its answer is kept', async () => {
  await using ory = await createMock()
  const routed = vi.spyOn(Router.prototype, 'route')
  try {
    for (let n = 0; n < 5; n++) expect((await ory.fetch(`${ory.url}/admin/identities?page_size=1`)).status).toBe(200)
    expect(routed).toHaveBeenCalledTimes(2)
  } finally {
    routed.mockRestore()
  }
})

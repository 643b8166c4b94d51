import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../bench/soak.js', import.meta.url))

test('Projects under load, with rude clients, never see each other', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    script,
    '--seconds',
    '3',
    '--projects',
    '60',
    '--connections',
    '20',
  ])
  expect([stderr, stdout]).toEqual(['', expect.stringMatching(/^[1-9]\d* acts of 60 projects/)])
})

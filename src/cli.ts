#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ending } from './cli/ending.ts'

/** Whether this is what Node was started with, be it by a link, and not something that was imported. */
const isProgram = (): boolean => {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)
  } catch {
    return false
  }
}

if (isProgram()) {
  const ending = new Ending()
  // A reader that left must not end the mock.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // All the rest is loaded while signals are caught already.
  const { main } = await import('./cli/main.ts')
  const status = await main(process.argv.slice(2), ending)
  process.stdout.write('', () => process.exit(status))
}

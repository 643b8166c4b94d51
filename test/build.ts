import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )

const builtAt = (): number => {
  try {
    return Math.min(statSync(join(root, 'dist/chunks')).mtimeMs, statSync(join(root, 'dist/cli.js')).mtimeMs)
  } catch {
    return 0
  }
}

/** Builds `dist` before tests that use what users get, unless it is newer than the source. */
export const setup = (): void => {
  if (builtAt() > newest('src')) return
  const run = (program: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      stdio: 'ignore',
    })
  // Wrong types and a source that cannot be bundled are for `npm run check` to refuse: what they leave is older.
  run('typescript/bin/tsc', '-p', 'src', '--emitDeclarationOnly')
  if (run('rolldown/bin/cli.mjs', '-c', '--logLevel', 'silent').status !== 0) console.error('dist is older than src')
}

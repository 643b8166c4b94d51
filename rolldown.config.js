import { readFileSync } from 'node:fs'
import { defineConfig } from 'rolldown'

const { bin, dependencies, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

const doors = [...Object.values(bin), ...Object.values(exports).map((door) => door.default)]
  .filter((file) => file !== undefined)
  .map((file) => /^\.\/dist\/(.+)\.js$/.exec(file)[1])

/**
 * One file a door, and chunks that they share: Node takes a third of a millisecond for each module that it loads, and
 * a server that tests wait for should not start with a hundred. Dependencies stay where they are.
 */
export default defineConfig({
  input: Object.fromEntries(doors.map((door) => [door, `./src/${door}.ts`])),
  platform: 'node',
  transform: { target: 'es2023' },
  external: [...Object.keys(dependencies), 'vitest', 'ory-identities-mock'].map((name) => new RegExp(`^${name}(/|$)`)),
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'rolldown'

const { bin, dependencies, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

const doors = [...Object.values(bin), ...Object.values(exports).map((door) => door.default)]
  .filter((file) => file !== undefined)
  .map((file) => /^\.\/dist\/(.+)\.js$/.exec(file)[1])

const shared = {
  transform: { target: 'es2023' },
  external: [...Object.keys(dependencies), 'vitest', 'ory-identities-mock'].map((name) => new RegExp(`^${name}(/|$)`)),
}

const source = (path) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** Leaves out what needs Node, which bundlers for browsers would follow into imports that they cannot resolve. */
const withoutNode = {
  name: 'without-node',
  async resolveId(id, importer) {
    const found = importer === undefined ? null : await this.resolve(id, importer, { skipSelf: true })
    return [source('listen.ts'), source('seed/read.ts')].includes(found?.id) ? source('without-node.ts') : found
  },
}

/**
 * One file a door, and chunks that they share: Node takes a third of a millisecond for each module that it loads, and
 * a server that tests wait for should not start with a hundred. Dependencies stay where they are. The door for
 * browsers has chunks of its own.
 */
export default defineConfig([
  {
    ...shared,
    input: Object.fromEntries(doors.map((door) => [door, `./src/${door}.ts`])),
    platform: 'node',
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
  },
  {
    ...shared,
    input: { browser: './src/index.ts' },
    platform: 'browser',
    plugins: [withoutNode],
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/browser-[name].js' },
  },
])

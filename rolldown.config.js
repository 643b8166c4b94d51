import { readFileSync, writeFileSync } from 'node:fs'
import { defineConfig, rolldown } from 'rolldown'

const { bin, dependencies, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

const doors = [...Object.values(bin), ...Object.values(exports).map((door) => door.default)]
  .filter((file) => file !== undefined)
  .map((file) => /^\.\/dist\/(.+)\.js$/.exec(file)[1])

/** Writes the JSON Schemas of fixtures and fault rules beside the package's manifest, from the tables that check them. */
const jsonSchemas = {
  name: 'json-schemas',
  async writeBundle() {
    const bundle = await rolldown({ input: './src/seed/json-schemas.ts', platform: 'node' })
    const { output } = await bundle.generate({ format: 'esm' })
    await bundle.close()
    const made = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)
    for (const [name, schema] of Object.entries(made.jsonSchemas))
      writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
  },
}

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
  plugins: [jsonSchemas],
})

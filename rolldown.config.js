import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, rolldown } from 'rolldown'

const { bin, dependencies, exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

const doors = [...Object.values(bin), ...Object.values(exports).map((door) => door.default)]
  .filter((file) => file !== undefined)
  .map((file) => /^\.\/dist\/(.+)\.js$/.exec(file)[1])

const shared = {
  transform: { target: 'es2023' },
  external: [...Object.keys(dependencies), '@playwright/test', 'vitest', 'ory-identities-mock', '#page'].map(
    (name) => new RegExp(`^${name}(/|$)`),
  ),
}

const source = (path) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** Leaves out what needs Node, which bundlers for browsers would follow into imports that they cannot resolve. */
const withoutNode = {
  name: 'without-node',
  async resolveId(id, importer) {
    const found = importer === undefined ? null : await this.resolve(id, importer, { skipSelf: true })
    return [source('sockets/listen.ts'), source('seed/read.ts')].includes(found?.id) ? source('without-node.ts') : found
  },
}

const text = (file) => readFileSync(source(`ui/${file}`), 'utf8')

/** A style sheet without comments and without what only its reader needs. */
const smaller = (css) =>
  css
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,>]) ?/g, '$1')
    .replaceAll(/: /g, ':')

/** What stands in the place of modules where the first view is drawn: there is neither a document nor a second time. */
const STANDINS = {
  'preact/hooks': 'ui/first/hooks.ts',
  'preact/jsx-runtime': 'ui/first/jsx-runtime.ts',
  [source('ui/live/known.ts')]: 'ui/first/known.ts',
}

const LATER = ['./more.ts', '../../connect.ts']

const standins = {
  name: 'standins',
  async resolveId(id, importer) {
    // What is loaded later is no part of it.
    if (LATER.includes(id)) return '\0later'
    const known = STANDINS[id] ?? STANDINS[(await this.resolve(id, importer, { skipSelf: true }))?.id]
    return known === undefined ? null : source(known)
  },
  load: (id) => (id === '\0later' ? 'export {}' : null),
}

/** The code of a function that draws the first view. */
const drawing = async () => {
  const bundle = await rolldown({
    input: source('ui/first/first.tsx'),
    platform: 'neutral',
    transform: {
      ...shared.transform,
      define: { 'location.origin': '""', 'location.pathname': '""', 'location.port': '""' },
    },
    plugins: [standins],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  return output[0].code
}

const digest = (part) => createHash('sha256').update(part)

/**
 * Makes one module of the page: its document, around the style and what a project fills in; the digests of the style
 * and of the script in it, for the policy; its other parts by name, with media types and entity tags; a tag of all that;
 * and the function that draws the first view.
 */
const asModule = {
  name: 'page-as-module',
  buildStart() {
    for (const file of ['page.html', 'page.css', 'icon.svg']) this.addWatchFile(source(`ui/${file}`))
  },
  async generateBundle(_options, bundle) {
    const chunks = Object.values(bundle)
    const style = smaller(text('page.css'))
    const parts = {
      ...Object.fromEntries(chunks.map(({ fileName, code }) => [fileName, ['text/javascript; charset=utf-8', code]])),
      'page.css': ['text/css; charset=utf-8', style],
      'icon.svg': ['image/svg+xml', text('icon.svg')],
    }
    const tagOf = (part) => `"${digest(part).digest('base64url').slice(0, 22)}"`
    const made = Object.entries(parts).map(([name, [type, part]]) => [name, { type, text: part, tag: tagOf(part) }])
    const html = text('page.html')
    const document = html.split(/(?<=<style>|id="known">)|(?=<noscript>)/)
    const policyOf = (part) => `'sha256-${digest(part).digest('base64')}'`
    const page = {
      document,
      style: policyOf(style),
      script: policyOf(/<script>([^]*?)<\/script>/.exec(html)[1]),
      parts: Object.fromEntries(made),
      build: tagOf(JSON.stringify([document, made])),
    }
    for (const { fileName } of chunks) if (fileName !== 'page.js') delete bundle[fileName]
    bundle['page.js'].code = `${await drawing()}\nexport const page = ${JSON.stringify(page)}\n`
  },
}

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

/** Whether a module is among those that another one needs at once: what it imports, and what that imports. */
const neededBy = (file) => {
  let build, needed
  const follow = (id) => {
    if (needed.has(id)) return
    needed.add(id)
    for (const next of build.getModuleInfo(id)?.importedIds ?? []) follow(next)
  }
  return (id, context) => {
    if (build !== context) {
      build = context
      needed = new Set()
      follow(source(file))
    }
    return needed.has(id)
  }
}

const neededByMock = neededBy('mock.ts')
const neededByCommands = neededBy('cli/main.ts')

/** The mock is one chunk, and what the command line needs of it before it knows whether to start one is another. */
const groups = [
  {
    debugName: 'first',
    name: (...of) => (neededByMock(...of) && neededByCommands(...of) ? 'first' : null),
    priority: 1,
  },
  { debugName: 'mock', name: (...of) => (neededByMock(...of) ? 'mock' : null) },
]

/**
 * One file a door, and few chunks that they share: Node takes a third of a millisecond for each module that it loads,
 * and a server that tests wait for should not start with a hundred. Dependencies stay where they are. The door for
 * browsers has chunks of its own.
 */
export default defineConfig([
  {
    ...shared,
    input: Object.fromEntries(doors.map((door) => [door, `./src/${door}.ts`])),
    platform: 'node',
    output: {
      dir: 'dist',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name].js',
      codeSplitting: { groups },
    },
    plugins: [jsonSchemas],
  },
  {
    ...shared,
    input: { browser: './src/index.ts' },
    platform: 'browser',
    plugins: [withoutNode],
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/browser-[name].js' },
  },
  {
    input: { page: './src/ui/main.tsx' },
    platform: 'browser',
    transform: { target: 'es2023' },
    plugins: [withoutNode, asModule],
    // Fixtures of the page bring no schema that would need them.
    external: [/^(yaml|re2js|libphonenumber-js|@faker-js)/],
    output: {
      dir: 'dist',
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      minify: true,
    },
  },
])

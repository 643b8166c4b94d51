import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The files of a tar archive by path (POSIX ustar): a header of 512 bytes, then the content, padded to 512. */
const untar = (archive: Buffer): ReadonlyMap<string, Buffer> => {
  const found = new Map<string, Buffer>()
  const text = (at: number, length: number): string => archive.toString('utf8', at, at + length).replace(/\0.*$/s, '')
  for (let at = 0; archive[at] !== undefined && archive[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12), 8)
    const path = [text(at + 345, 155), text(at, 100)].filter((part) => part !== '').join('/')
    found.set(path, archive.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return found
}

/** What is published, by its path in the package. */
export const pack = (): ReadonlyMap<string, Buffer> => {
  const folder = mkdtempSync(join(tmpdir(), 'ory-identities-mock-pack-'))
  try {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        shell: process.platform === 'win32',
      }),
    ) as [{ readonly filename: string }]
    const archive = gunzipSync(readFileSync(join(folder, packed.filename)))
    return new Map([...untar(archive)].map(([path, content]) => [path.replace(/^package\//, ''), content]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A project with the package installed, its dependencies and some others linked to what is installed here. */
export class Project {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'ory-identities-mock-user-'))

  constructor(packed: ReadonlyMap<string, Buffer>, others: readonly string[]) {
    for (const [path, content] of packed) this.write(join('node_modules/ory-identities-mock', path), content)
    const manifest = JSON.parse(packed.get('package.json')!.toString()) as { dependencies: Record<string, string> }
    for (const name of [...Object.keys(manifest.dependencies), ...others]) {
      const link = join(this.folder, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(root, 'node_modules', name), link, 'junction')
    }
    this.write('package.json', '{ "name": "user", "type": "module", "private": true }')
  }

  write(path: string, content: string | Buffer): void {
    const whole = join(this.folder, path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, content)
  }

  /** Runs a script with Node. @returns what it printed. @throws with all that it printed when it fails. */
  node(script: string, ...args: readonly string[]): string {
    try {
      return execFileSync(process.execPath, [script, ...args], {
        cwd: this.folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      throw new Error(stdout + stderr, { cause: error })
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

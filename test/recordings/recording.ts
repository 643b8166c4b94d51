import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { DatabaseName } from '../../src/databases/database.ts'

/** One request that a real Kratos got, and its answer. Header names are in lower case; status 0 is a dropped connection. */
export interface RecordedExchange {
  readonly request: {
    readonly server: 'admin' | 'public'
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string | null
    /** All that was sent, a letter a byte, where no HTTP client sends it. */
    readonly raw?: string
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

export interface Recording {
  /** The fixture that the server's state amounts to. */
  readonly state: { readonly now: string } & Readonly<Record<string, unknown>>
  /** The state as it was recorded, to tell what was there from what was drawn. */
  readonly stateText: string
  readonly exchanges: readonly RecordedExchange[]
}

export const releases = {
  next: 'kratos-next',
  'v26.2.0': 'kratos-26.2',
  'v25.4.0': 'kratos-25.4',
  'v1.3.1': 'kratos-1.3',
} as const

export type RecordedRelease = keyof typeof releases

/** A folder is named by its release, and by its database where that is not SQLite. */
const folderOf = (release: RecordedRelease, database: DatabaseName): string =>
  database === 'sqlite' ? release : `${release}-${database}`

export const readRecording = (release: RecordedRelease, script: string, database: DatabaseName): Recording => {
  const file = new URL(`${folderOf(release, database)}/${script}.jsonl.gz`, import.meta.url)
  const [first, ...rest] = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')
  const { kratos: _, script: __, database: ___, ...state } = JSON.parse(first!)
  return { state, stateText: first!, exchanges: rest.map((line) => JSON.parse(line)) }
}

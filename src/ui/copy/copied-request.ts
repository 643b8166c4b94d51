import type { RecordedRequest } from '../../journal/entry.ts'

/** As much of a request as can be made again. */
export type Request = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'headers' | 'body' | 'operation'>

import { isObject } from '../model/json.ts'
import { pointerText, type Pointer } from '../model/flaw.ts'

/** Keys whose URLs name Jsonnet, where one stands. */
const JSONNET: ReadonlySet<string> = new Set(['mapper_url', 'claims_mapper_url'])

const isCall = (key: string | number | undefined): boolean => key === 'request_config'

/** The places of web hooks and of Jsonnet in a configuration: neither is run. */
export const notRun = (value: unknown, at: Pointer = []): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one: unknown, n) => notRun(one, [...at, n]))
  if (!isObject(value)) return []
  if (value['hook'] === 'web_hook') return [pointerText(at)]
  if (isCall(at.at(-1))) return typeof value['body'] === 'string' ? [pointerText([...at, 'body'])] : []
  return Object.entries(value).flatMap(([key, one]) =>
    JSONNET.has(key) && typeof one === 'string' && one !== '' ? [pointerText([...at, key])] : notRun(one, [...at, key]),
  )
}

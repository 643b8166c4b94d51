import type { Effect } from '../../faults/effect.ts'
import { statusText } from '../../model/errors.ts'
import type { Answer } from '../../model/answer.ts'
import { withHeaders } from './headers.ts'

/** What nginx calls the statuses that it answers itself (src/http/ngx_http_special_response.c). */
const NGINX: Readonly<Record<number, string>> = {
  200: 'Welcome to nginx!',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
}

const proxyPage = (status: number): string => {
  const title = NGINX[status] ?? `${status} ${statusText(status)}`
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
    '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'
  )
}

/** The first half of a JSON text, which is never JSON itself. */
const broken = (json: string): string =>
  json.length < 2 ? '{"error":' : json.slice(0, Math.max(1, Math.floor(json.trimEnd().length / 2)))

/** The API's answer with another body in it. */
export const withFalseBody = (answer: Answer, { how, status, headers }: Extract<Effect, { kind: 'body' }>): Answer => {
  if (how === 'html') {
    return { status, headers: withHeaders(['Content-Type', 'text/html'], headers), body: proxyPage(status) }
  }
  return {
    status,
    headers: withHeaders(answer.headers, headers),
    body: how === 'empty' ? '' : broken(answer.body),
  }
}

import { jsonAnswer } from '../../api/json.ts'
import type { Answer } from '../../model/answer.ts'
import { NO_STORE, type Handler } from './answers.ts'
import { listing, type Listed } from './listing.ts'
import { POLICY } from './ui.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const html = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter]!)

const row = ({ method, path, summary, input, output }: Listed): string =>
  `<tr><td><code>${method}</code></td><td><code>${html(path)}</code></td><td>${html(summary)}</td>` +
  `<td>${html(input ?? '–')}</td><td>${html(output)}</td></tr>`

/** Addresses count from the root of a mock or of a project: whatever stands before `/_mock` stays. */
const asHtml = (url: string): Answer => ({
  status: 200,
  headers: [
    'Content-Type',
    'text/html; charset=utf-8',
    'Content-Security-Policy',
    POLICY,
    'Vary',
    'Accept',
    ...NO_STORE,
  ],
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>/_mock · ory-identities-mock</title>
<link rel="icon" href="_mock/ui/icon.svg">
<link rel="stylesheet" href="_mock/ui/page.css">
</head>
<body class="directory">
<main>
<h1>ory-identities-mock</h1>
<p>The control plane of the mock at <code>${html(url)}</code>. It takes and gives JSON, is never faulted, and is not in the journal. <a href="_mock/ui">The page</a> shows it all.</p>
<p>The same stands under the root of every project, <code>/_mock/projects/{name}</code>.</p>
<table>
<thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Takes</th><th>Gives</th></tr></thead>
<tbody>
${listing.map(row).join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`,
})

/** All calls of the control plane: as a page for a browser, as JSON for everybody else. */
export const directory: Handler = ({ exchange }) => {
  const url = exchange.world.origins.admin
  if (/\btext\/html\b/.test(exchange.header('accept') ?? '')) return asHtml(url)
  const index = { url, page: `${url}/_mock/ui`, projects: `${url}/_mock/projects`, routes: listing }
  return jsonAnswer(JSON.stringify(index, null, 2), ['Vary', 'Accept', ...NO_STORE])
}

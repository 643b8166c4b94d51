/** A call of the control plane, for whoever reads about it. */
export interface Listed {
  readonly method: string
  /** From the root of a mock or of a project. */
  readonly path: string
  readonly summary: string
  /** What it takes: a JSON body, or parameters of the query; null for nothing. */
  readonly input: string | null
  /** What it gives, and with which status. */
  readonly output: string
}

type Row = readonly [method: string, path: string, summary: string, input: string | null, output: string]

const NOTHING = '204'
const PAGE = 'page_size (1 to 500, default 25) and page_token in the query'

const rows: readonly Row[] = [
  [
    'GET',
    '',
    'Lists all of this: for a browser as a page, else as JSON.',
    null,
    '200 { url, page, projects, routes: [{ method, path, summary, input, output }] }',
  ],
  ['GET', '/ui', 'The page: people, sessions, requests, faults and the clock, for a person.', null, '200 HTML'],
  ['GET', '/ui/{part}', 'What the page is made of.', null, '200 a script or a style sheet'],
  [
    'GET',
    '/events',
    'What happens in the project, as server-sent events.',
    'Last-Event-ID in the head, to go on from there',
    '200 a stream of the events page, journal, cleared, clock, faults, data and projects',
  ],
  [
    'GET',
    '/health',
    'Whether the mock is there, and what is in it.',
    null,
    '200 { status, url, publicUrl, profile, identities, sessions }',
  ],
  [
    'GET',
    '/project',
    'What the project is: its URLs and token, its profile with every quirk, its snapshots.',
    null,
    '200 { name, url, publicUrl, token, profile, version, database, quirks: [{ name, summary, releases, source, on }], schemas: [id], examples: { [schema]: traits }, snapshots: [id] }',
  ],
  ['POST', '/reset', 'Back to the seeded state: data, clock, ids, faults and journal.', null, NOTHING],
  [
    'POST',
    '/seed',
    'Adds the data of a fixture, all of it or none.',
    'a fixture, or what Kratos prints',
    '201 { identities, sessions }, ids and tokens included',
  ],
  [
    'POST',
    '/sign-in',
    'Signs somebody in at once, without a flow.',
    '{ identity, method?, aal?, device?, state? }',
    '201 { session, token, cookie }',
  ],
  ['GET', '/clock', 'The time of the project.', null, '200 { now, running }'],
  ['PUT', '/clock', 'Sets the clock, lets it run, or freezes it.', '{ now?, running? }', '200 { now, running }'],
  [
    'POST',
    '/clock/advance',
    'Moves the clock.',
    '{ by }: a text such as "2h", or milliseconds',
    '200 { now, running }',
  ],
  [
    'POST',
    '/clock/next-expiry',
    'Sets the clock to the moment at which the next active session expires.',
    null,
    '200 { now, running }; 409 when no session is active',
  ],
  [
    'GET',
    '/faults',
    'The armed rules in the order in which they are tried, with what became of each.',
    null,
    '200 [rule]',
  ],
  [
    'POST',
    '/faults',
    'Arms a rule, or several, or none of them.',
    'a fault rule, or an array of them',
    '201 the rule with its id, or an array',
  ],
  ['DELETE', '/faults', 'Removes every rule, and ends what they hold back.', null, NOTHING],
  ['POST', '/faults/verify', 'Asks whether every rule fired.', null, '204; 409 that names each rule that never fired'],
  ['DELETE', '/faults/{id}', 'Removes a rule.', null, NOTHING],
  [
    'GET',
    '/requests',
    'The journal, oldest first: the newest thousand.',
    'operation, method, path, status, identity and fault in the query',
    '200 [{ seq, at, operation, method, path, query, headers, body, status, durationMs, fault, response }]',
  ],
  ['DELETE', '/requests', 'Forgets all requests.', null, NOTHING],
  [
    'POST',
    '/requests/wait',
    'The first request that a filter takes, be it one that has come already.',
    '{ filter?, timeout? }, in milliseconds',
    '200 an entry; 408 that says what came instead',
  ],
  ['POST', '/snapshots', 'Keeps the state of the project.', null, '201 { id }'],
  ['POST', '/snapshots/{id}/restore', 'Goes back to a snapshot of the project.', null, NOTHING],
  ['GET', '/projects', 'The projects on this port, beside the root.', null, '200 [{ name, url, publicUrl, token }]'],
  [
    'POST',
    '/projects',
    'Makes a project: data, clock, faults and journal of its own, at a root or by a bearer token.',
    '{ name?, profile?, database?, seed?, now? }',
    '201 { name, url, publicUrl, token }',
  ],
  ['DELETE', '/projects/{name}', 'Removes a project.', null, NOTHING],
  [
    'GET',
    '/people',
    'Identities in a line each, by id.',
    `search (a trait, an identifier, an id, the id or token of a session) or ids, ${PAGE}`,
    '200 { people: [{ id, identifier, state, schema_id, sessions }], total, next }',
  ],
  [
    'GET',
    '/people/{id}',
    'An identity as the admin and as the public API show it.',
    null,
    '200 { person, admin, public }',
  ],
  [
    'GET',
    '/people/{id}/sessions',
    'The sessions of an identity, tokens and stored flags included.',
    PAGE,
    '200 { sessions, total, next }',
  ],
  [
    'GET',
    '/mail',
    'The messages of the courier, newest first, each with the code and the link in it.',
    `recipient (a text that it has in it), ${PAGE}`,
    '200 { messages: [{ id, type, recipient, subject, body, template_type, created_at, code, link }], total, next }',
  ],
  [
    'GET',
    '/rows',
    'The ids of a list in its order, as no fault and no quirk bends it.',
    'list, identity, from and count (up to 1,000) in the query',
    '200 { ids, total }',
  ],
]

/** Every call of the control plane. */
export const listing: readonly Listed[] = rows.map(([method, path, summary, input, output]) => ({
  method,
  path: `/_mock${path}`,
  summary,
  input,
  output,
}))

/** Records as a fixture has them, in any number: ids, times and agents that differ as real ones do. */
export const uuid = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
]

export const identityOf = (n) => ({
  id: uuid(n),
  schema_id: 'default',
  state: 'active',
  traits: { email: `p${String(n).padStart(6, '0')}@example.test`, name: { first: 'Ada', last: 'Lovelace' } },
})

export const sessionOf = (owner, n) => {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString()
  return {
    id: uuid(1_000_000 + n),
    identity_id: uuid(owner),
    active: Math.floor(n / 2000) % 10 !== 9,
    issued_at: at,
    authenticated_at: at,
    created_at: at,
    expires_at: '2099-01-01T00:00:00Z',
    devices: [
      {
        id: uuid(9_000_000 + n),
        ip_address: `10.0.${100 + (n % 150)}.1:443`,
        user_agent: AGENTS[Math.floor(n / 2000) % 2],
        location: 'Munich, DE',
      },
    ],
  }
}

/** Sessions spread evenly over identities. */
export const teamOf = (identities, sessions) => ({
  identities: Array.from({ length: identities }, (_, n) => identityOf(n + 1)),
  sessions: Array.from({ length: sessions }, (_, n) => sessionOf((n % identities) + 1, n)),
})

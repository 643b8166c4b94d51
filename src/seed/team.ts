/**
 * The built-in team: a few people whose sessions show every state there is. Times count from the start.
 * `fixtures/team.json` has the same.
 */
const devices = {
  phone: {
    ip_address: '198.51.100.23:51842',
    user_agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
    location: 'Munich, DE',
  },
  laptop: {
    ip_address: '203.0.113.7:40112',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    location: 'São Paulo, BR',
  },
}

const person = (n: number, first: string, last: string, rest: object = {}): object => {
  const email = `${first.toLowerCase()}@example.com`
  const time = { created_at: '-90d', updated_at: '-30d' }
  return {
    id: `9f425a8d-7efc-4768-8f23-7647a74fdf${n.toString(16).padStart(2, '0')}`,
    schema_id: 'default',
    state: 'active',
    traits: { email, name: { first, last } },
    credentials: {
      code: { identifiers: [email], version: 1, ...time },
      password: { identifiers: [email], ...time },
    },
    verifiable_addresses: [
      { value: email, verified: true, via: 'email', status: 'completed', verified_at: '-89d', ...time },
    ],
    recovery_addresses: [{ value: email, via: 'email', ...time }],
    ...time,
    ...rest,
  }
}

const working = Array.from({ length: 30 }, (_, n) => ({
  issued_at: `-${n + 1}h`,
  expires_at: n % 5 === 4 ? `-${n}m` : '+30d',
  devices: [n % 2 === 0 ? devices.laptop : devices.phone],
}))

export const team: { readonly identities: readonly object[] } = {
  identities: [
    person(0x13, 'Ada', 'Lovelace', {
      sessions: [
        { issued_at: '-1h', expires_at: '+23h', devices: [devices.phone] },
        'aal2',
        'expiring',
        'expired',
        'revoked',
        {
          issued_at: '-3d',
          expires_at: '+4d',
          devices: [devices.laptop],
          authentication_methods: [{ method: 'oidc', provider: 'github' }],
        },
      ],
    }),
    person(0x14, 'Grace', 'Hopper', { sessions: working, metadata_public: { plan: 'pro' } }),
    person(0x15, 'Alan', 'Turing', { state: 'inactive', state_changed_at: '-2d', sessions: ['active', 'active'] }),
    person(0x16, 'Katherine', 'Johnson'),
  ],
}

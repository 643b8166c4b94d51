const identifier = {
  credentials: { password: { identifier: true }, code: { identifier: true, via: 'email' } },
  verification: { via: 'email' },
  recovery: { via: 'email' },
}

/** The identity schema `default` of a mock whose fixtures bring none: a person with an email address and a name. */
export const defaultSchema: string = JSON.stringify({
  $id: 'https://ory-identities-mock.invalid/default.schema.json',
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Person',
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        email: { type: 'string', format: 'email', title: 'E-Mail', minLength: 3, 'ory.sh/kratos': identifier },
        name: { type: 'object', properties: { first: { type: 'string' }, last: { type: 'string' } } },
      },
    },
  },
})

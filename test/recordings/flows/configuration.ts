/** The configuration that the recorded servers had: passwords without a look-up of leaked ones, codes and links. */
export const configuration = (passwordless: boolean): object => {
  const hooks = { hooks: [{ hook: 'session' }] }
  return {
    selfservice: {
      default_browser_return_url: 'http://127.0.0.1:4455/',
      methods: {
        password: { enabled: true, config: { haveibeenpwned_enabled: false } },
        totp: { enabled: false },
        lookup_secret: { enabled: false },
        link: { enabled: true },
        code: { enabled: true, ...(passwordless ? { passwordless_enabled: true } : {}) },
      },
      flows: {
        recovery: { enabled: true, ui_url: 'http://127.0.0.1:4455/recovery' },
        verification: { enabled: true, ui_url: 'http://127.0.0.1:4455/verification' },
        login: { ui_url: 'http://127.0.0.1:4455/login', lifespan: '10m' },
        registration: {
          ui_url: 'http://127.0.0.1:4455/registration',
          after: { password: hooks, ...(passwordless ? { code: hooks } : {}) },
        },
      },
    },
  }
}

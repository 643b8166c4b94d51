// #region account
import { IdentityApi, Configuration } from '@ory/client-fetch'

/** The code under test: it signs a person out everywhere, and tries again when Ory is busy. */
export const signOutEverywhere = async (oryUrl: string, id: string, accessToken?: string): Promise<number> => {
  const api = new IdentityApi(new Configuration({ basePath: oryUrl, ...(accessToken && { accessToken }) }))
  const active = await api.listIdentitySessions({ id, active: true })
  for (let attempt = 1; ; attempt++) {
    try {
      await api.deleteIdentitySessions({ id })
      return active.length
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}
// #endregion

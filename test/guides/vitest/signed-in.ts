// #region page-after
export const isSignedIn = async (ory: string, token: string): Promise<boolean> => {
  const response = await fetch(`${ory}/sessions/whoami`, { headers: { 'X-Session-Token': token } })
  if (response.ok) return true
  if (response.status === 401) return false
  throw new Error(`Ory answered ${response.status}`)
}
// #endregion

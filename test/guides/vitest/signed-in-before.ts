// #region page-before
export const isSignedIn = async (ory: string, token: string): Promise<boolean> => {
  const response = await fetch(`${ory}/sessions/whoami`, { headers: { 'X-Session-Token': token } })
  return response.ok
}
// #endregion

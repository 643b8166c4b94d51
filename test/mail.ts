import type { Mock } from '../src/index.ts'

/** Has the courier write to an address, by a native flow of this kind. */
export const mailTo = async (ory: Mock, email: string, kind: 'recovery' | 'verification'): Promise<void> => {
  const url = `${ory.publicUrl}/self-service/${kind}`
  const { id } = (await (await ory.fetch(`${url}/api`)).json()) as { readonly id: string }
  const response = await ory.fetch(`${url}?flow=${id}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ method: 'code', email }),
  })
  if (!response.ok) throw new Error(`${kind} for ${email} was answered with ${response.status}.`)
}

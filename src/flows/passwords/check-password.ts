import type { JsonText } from '../../model/identity.ts'
import { isPlainPasswordHash, matchesPlainPassword } from '../../api/identities/password-hash.ts'
import { checkHash } from './check-hash.ts'

interface PasswordConfig {
  readonly hashed_password?: unknown
  readonly password?: unknown
}

/** Whether a password is the one of a credential: given in the clear, drawn here, or hashed elsewhere. */
export const checkPassword = async (password: string, config: JsonText): Promise<boolean> => {
  const { hashed_password, password: plain } = (config === '' ? {} : JSON.parse(config)) as PasswordConfig
  if (typeof plain === 'string') return plain === password
  if (typeof hashed_password !== 'string' || hashed_password === '') return false
  if (isPlainPasswordHash(hashed_password) && matchesPlainPassword(hashed_password, password)) return true
  return await checkHash(password, hashed_password)
}

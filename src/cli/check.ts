import { checkFixture } from '../seed/check.ts'

const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

/** Prints what is wrong with each file, or what it holds. @returns the exit status. */
export const check = async (files: readonly string[]): Promise<number> => {
  let status = 0
  for (const file of files) {
    const { problems, identities, sessions } = await checkFixture(file)
    if (problems.length > 0) status = 2
    const held = `${count(identities, 'identity', 'identities')}, ${count(sessions, 'session', 'sessions')}`
    console.log(problems.length === 0 ? `${file}: ${held}` : problems.map(({ message }) => message).join('\n'))
  }
  return status
}

import { checkConfig, type CheckedConfig } from '../config/check-config.ts'
import { checkFile, type Checked } from '../seed/check.ts'

const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`

const held = (checked: Checked | CheckedConfig): string => {
  switch (checked.is) {
    case 'fixture':
      return `fixture: ${count(checked.identities, 'identity', 'identities')}, ${count(checked.sessions, 'session', 'sessions')}`
    case 'fault rules':
      return `fault rules: ${count(checked.rules, 'rule', 'rules')}`
    case 'configuration':
      return `configuration of Kratos: ${count(checked.schemas, 'schema', 'schemas')}`
  }
}

/** Prints what each file was taken for, and what it holds or what is wrong with it. @returns the exit status. */
export const check = async (files: readonly string[]): Promise<number> => {
  let status = 0
  for (const file of files) {
    const checked = (await checkConfig(file)) ?? (await checkFile(file))
    const { is, problems, count: all } = checked
    if (problems.length === 0) {
      console.log(`${file}: ${held(checked)}`)
      continue
    }
    status = 2
    console.log([...problems, `${file}: ${is}: ${count(all, 'problem', 'problems')}`].join('\n'))
  }
  return status
}

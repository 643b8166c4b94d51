import { parseArgs } from 'node:util'
import { suggestion } from '../model/nearest.ts'
import type { MockOptions } from '../options.ts'
import { flags, type Flag } from './flags.ts'

/** Wrong usage, said in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options of a start, not yet checked, and what each of them was called by whoever gave it. */
export interface Given {
  readonly options: MockOptions
  readonly json: boolean
  readonly names: ReadonlyMap<string, string>
}

/** What a command line asks for. */
export type Command =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'serve'; readonly given: Given }
  | { readonly command: 'exec'; readonly given: Given; readonly program: string; readonly args: readonly string[] }
  | { readonly command: 'check'; readonly files: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

const COMMANDS = ['serve', 'exec', 'check'] as const

const byName: ReadonlyMap<string, Flag> = new Map(flags.map((flag) => [flag.name, flag]))

const LONG_NAMES = [...byName.keys(), 'version', 'help'].map((name) => `--${name}`)

const known = {
  ...Object.fromEntries(
    flags.map(({ name, short, value }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        multiple: true,
      },
    ]),
  ),
  version: { type: 'boolean' as const, short: 'v' },
  help: { type: 'boolean' as const, short: 'h' },
}

/** One option as it was written, which there is. */
interface Written {
  readonly flag: Flag
  readonly value: string | undefined
}

const unknown = (raw: string): UsageError =>
  new UsageError(`There is no option ${raw}; ${suggestion(raw, LONG_NAMES, '', 'see --help')}`)

type Token = Extract<NonNullable<ReturnType<typeof parseArgs>['tokens']>[number], { kind: 'option' }>

/** @throws UsageError for an option that there is not, or a value that it cannot have. */
const read = ({ name, rawName: raw, value, inlineValue }: Token): Written => {
  const flag = byName.get(name)
  if (flag === undefined) throw unknown(raw)
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`${raw} takes no value, and ${JSON.stringify(value)} is one`)
  } else if (value === undefined) throw new UsageError(`${raw} needs a value: ${raw} ${flag.value}`)
  else if (!inlineValue && /^-{1,2}[a-z]/i.test(value)) {
    throw new UsageError(`${raw} needs a value; if ${value} is meant to be it, write --${name}=${value}`)
  }
  return { flag, value }
}

const valueOf = (flag: Flag, text: string): string | number =>
  flag.numeric === true && /^-?\d+$/.test(text) ? Number(text) : text

/** Flags, and behind them the environment, as options of `startMock`. */
const give = (written: readonly Written[], environment: Environment): Given => {
  const options: Record<string, unknown> = {}
  const names = new Map<string, string>()
  for (const flag of flags) {
    const { option, variable } = flag
    const text = variable === undefined ? undefined : environment[variable]
    if (option === undefined || variable === undefined || text === undefined || text === '') continue
    options[option] = valueOf(flag, text)
    names.set(option, variable)
  }
  let json = false
  const repeated = new Map<string, readonly string[]>()
  for (const { flag, value = '' } of written) {
    if (flag.name === 'json') json = true
    const { option } = flag
    if (option === undefined) continue
    names.set(option, `--${flag.name}`)
    if (flag.value === undefined) options[option] = true
    else if (flag.repeatable === true) {
      const values = [...(repeated.get(option) ?? []), value]
      repeated.set(option, values)
      options[option] = values
    } else options[option] = valueOf(flag, value)
  }
  return { options, json, names }
}

const commandOf = (word: string): (typeof COMMANDS)[number] => {
  const found = COMMANDS.find((one) => one === word)
  if (found !== undefined) return found
  const otherwise = /\.(ya?ml|json)$/i.test(word) ? `a fixture is given as --seed ${word}` : 'see --help'
  throw new UsageError(`There is no command ${word}; ${suggestion(word, COMMANDS, '', otherwise)}`)
}

/**
 * Understands a command line.
 * @param argv without the program's own name.
 * @throws UsageError
 */
export const parseArguments = (argv: readonly string[], environment: Environment): Command => {
  const terminator = argv.indexOf('--')
  const [before, after] = terminator < 0 ? [argv, undefined] : [argv.slice(0, terminator), argv.slice(terminator + 1)]
  const { tokens } = parseArgs({
    args: [...before],
    options: known,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const written: Written[] = []
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (words[0] === 'exec' && terminator < 0)
        throw new UsageError(
          `exec takes no argument, and ${JSON.stringify(token.value)} is one; the command stands after --: ` +
            `exec -- ${argv.slice(token.index).join(' ')}`,
        )
      words.push(token.value)
    }
    if (token.kind !== 'option') continue
    if (token.name === 'help' || token.name === 'version') return { command: token.name }
    written.push(read(token))
  }
  const command = words.length === 0 ? 'serve' : commandOf(words.shift()!)
  if (command === 'check') {
    const [option] = written
    if (option !== undefined) throw new UsageError(`check takes no --${option.flag.name}`)
    const files = [...words, ...(after ?? [])]
    if (files.length === 0) throw new UsageError('check needs a file: check FILE...')
    return { command, files }
  }
  const given = give(written, environment)
  if (words.length > 0) {
    const hint = command === 'exec' ? '; the command stands after --' : ''
    throw new UsageError(`${command} takes no argument, and ${JSON.stringify(words[0])} is one${hint}`)
  }
  if (command === 'serve') {
    if (after !== undefined && after.length > 0)
      throw new UsageError(`serve runs no command; did you mean exec -- ${after[0]}?`)
    return { command, given }
  }
  const [program, ...args] = after ?? []
  if (program === undefined) throw new UsageError('exec needs a command: exec [options] -- CMD ARG...')
  return { command, given, program, args }
}

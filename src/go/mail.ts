import { bytesOf, quote } from './bytes.ts'

/** A text that is no address, in the words of Go's net/mail. */
export class MailError extends Error {
  override readonly name = 'MailError'

  constructor(what: string) {
    super(`mail: ${what}`)
  }
}

const ATEXT = String.raw`A-Za-z0-9!#$%&'*+\-/=?^_\x60{|}~\u0080-\u{10ffff}`
const DOT_ATOM = new RegExp(`^[.${ATEXT}]+`, 'u')
const ATOM_ALONE = new RegExp(`^[.${ATEXT}]*$`, 'u')
// oxlint-disable-next-line no-control-regex
const QUOTED = /^"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e\u0080-\u{10ffff}])*)"/u
const LITERAL = /^\[[\x21-\x5a\x5e-\x7e]*\]/
const COMMENT = /^\s*\((?:[^()\\]|\\.)*\)/

const skipped = (text: string): string => text.replace(/^[ \t]+/, '')

/** What a pattern takes from the start, and what is left. */
const taken = (pattern: RegExp, text: string): readonly [found: string, rest: string] | undefined => {
  const found = pattern.exec(text)?.[0]
  return found === undefined ? undefined : [found, text.slice(found.length)]
}

const QTEXT = /^"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t\x20-\x7e\u0080-\u{10ffff}])*\\?/u

/** Why a text that begins with a quotation mark is no quoted string. */
const quotedProblem = (text: string): string => {
  const [bad] = text.slice(QTEXT.exec(text)![0].length)
  return bad === undefined
    ? 'unclosed quoted-string'
    : `bad character in quoted-string: '${quote(bytesOf(bad)).slice(1, -1)}'`
}

const strictAtom = (text: string): readonly [string, string] => {
  const atom = taken(DOT_ATOM, text)
  if (atom === undefined) throw new MailError('invalid string')
  if (atom[0].startsWith('.')) throw new MailError('leading dot in atom')
  if (atom[0].includes('..')) throw new MailError('double dot in atom')
  if (atom[0].endsWith('.')) throw new MailError('trailing dot in atom')
  return atom
}

const local = (text: string): readonly [string, string] => {
  if (!text.startsWith('"')) return strictAtom(text)
  const quoted = taken(QUOTED, text)
  if (quoted === undefined) throw new MailError('unclosed quoted-string')
  const plain = quoted[0].slice(1, -1).replaceAll(/\\([^])/gu, '$1')
  if (plain === '') throw new MailError('empty quoted string in addr-spec')
  return [plain, quoted[1]]
}

/** addr-spec of RFC 5322. */
const addrSpec = (text: string): readonly [address: string, rest: string] => {
  const from = skipped(text)
  if (from === '') throw new MailError('no addr-spec')
  const [name, behind] = local(from)
  if (!behind.startsWith('@')) throw new MailError('missing @ in addr-spec')
  const at = skipped(behind.slice(1))
  if (at === '') throw new MailError('no domain in addr-spec')
  const [domain, rest] = at.startsWith('[') ? (taken(LITERAL, at) ?? strictAtom('')) : strictAtom(at)
  return [`${name}@${domain}`, rest]
}

/** The words before an address in angles, and what comes behind them. */
const phrase = (text: string): readonly [words: string, rest: string] => {
  const words: string[] = []
  let rest = skipped(text)
  while (rest !== '') {
    const word = rest.startsWith('"') ? taken(QUOTED, rest) : taken(DOT_ATOM, rest)
    if (word === undefined) break
    words.push(word[0])
    rest = skipped(word[1])
  }
  if (words.length === 0 && rest !== '') {
    const why = rest.startsWith('"') ? quotedProblem(rest) : 'invalid string'
    throw new MailError(`missing word in phrase: mail: ${why}`)
  }
  return [words.join(' '), rest]
}

const spec = (text: string): readonly [address: string, rest: string] => {
  try {
    return addrSpec(text)
  } catch {
    const [words, rest] = text.startsWith('<') ? ['', text] : phrase(text)
    if (!rest.startsWith('<'))
      throw new MailError(ATOM_ALONE.test(words) ? "missing '@' or angle-addr" : 'no angle-addr')
    const [address, behind] = addrSpec(rest.slice(1))
    if (!behind.startsWith('>')) throw new MailError('unclosed angle-addr')
    return [address, behind.slice(1)]
  }
}

/** The address of a text, be it with a name: `mail.ParseAddress`. @throws MailError */
export const mailAddress = (text: string): string => {
  const from = skipped(text)
  if (from === '') throw new MailError('no address')
  const [address, behind] = spec(from)
  const rest = skipped(behind.replace(COMMENT, ''))
  if (rest !== '') throw new MailError(`expected single address, got ${quote(bytesOf(rest))}`)
  return address
}

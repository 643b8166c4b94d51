/** What Unicode's tables weigh as another letter, or two, although it does not decompose into them. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŀ: 'l',
  ł: 'l',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  ʣ: 'dz',
  ᵹ: 'g',
  ᵺ: 'th',
}

/** Combining marks that weigh nothing by themselves; those of India's scripts do. */
const isAccent = (code: number): boolean => ACCENTS.some(([from, to]) => code >= from && code <= to)

const ACCENTS: readonly (readonly [from: number, to: number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5c7],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0x3099, 0x309a],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
]

/** It decomposes, but is a letter of its own. */
const SHORT_I = /[Ии]\u0306/g

/** Characters that nobody sees: controls and formats, but spaces and line ends, which count. */
const IGNORABLE = /[\p{Cc}\p{Cf}](?<![\t-\r\x85])/gu

/** Katakana weigh as hiragana. */
const KANA = /[\u30a1-\u30f6]/g
const KANA_APART = 0x60

/**
 * A text as MySQL's default collation, utf8mb4_0900_ai_ci, compares it: case, accents and what cannot be seen do not
 * count, spaces do. Texts that it takes for equal give the same. The primary weights of Unicode 9, for the scripts
 * in which identifiers are written.
 */
export const collated = (text: string): string => {
  if (!/[^\x20-\x7e]/.test(text)) return text.toLowerCase()
  const plain = text.normalize('NFKD').replace(SHORT_I, 'ҋ').replace(IGNORABLE, '').toLowerCase()
  return Array.from(plain, (letter) => (isAccent(letter.codePointAt(0)!) ? '' : (LETTERS[letter] ?? letter)))
    .join('')
    .replace(KANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - KANA_APART))
    .replaceAll('ς', 'σ')
}

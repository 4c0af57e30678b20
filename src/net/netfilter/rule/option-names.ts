// The names of options that every rule and every command has, long and short, whole and cut short (getopt_long(3)).

/** `--dport=80` into `--dport` and `80`; `-ptcp` into `-p` and `tcp`. */
export function cutWord(word: string): { name: string; value: string | undefined } {
  if (!word.startsWith('--'))
    return { name: word.slice(0, 2), value: word.length > 2 ? word.slice(2) : undefined }
  const equals = word.indexOf('=')
  return equals < 0
    ? { name: word, value: undefined }
    : { name: word.slice(0, equals), value: word.slice(equals + 1) }
}

/** The options of every rule, by their letters. */
export type Base = 's' | 'd' | 'p' | 'i' | 'o' | 'j' | 'g' | 'm' | 'f' | 'c'

export const longBase: readonly (readonly [string, Base])[] = [
  ['source', 's'],
  ['src', 's'],
  ['destination', 'd'],
  ['dst', 'd'],
  ['protocol', 'p'],
  ['in-interface', 'i'],
  ['out-interface', 'o'],
  ['jump', 'j'],
  ['goto', 'g'],
  ['match', 'm'],
  ['fragments', 'f'],
  ['set-counters', 'c'],
]

/** What commands have besides: a word cut short must not stand for these too. */
export const otherLong: readonly string[] = [
  'append',
  'check',
  'delete',
  'delete-chain',
  'exact',
  'flush',
  'help',
  'insert',
  'ipv4',
  'ipv6',
  'line-numbers',
  'list',
  'list-rules',
  'modprobe',
  'new-chain',
  'numeric',
  'policy',
  'rename-chain',
  'replace',
  'table',
  'verbose',
  'version',
  'wait',
  'wait-interval',
  'zero',
]

/** The option of every rule that `name` (with its dashes) stands for, whole or as the beginning of one alone. */
export function baseOption(name: string): Base | undefined {
  if (!name.startsWith('--')) {
    const letter = name.slice(1)
    return 'sdpijomgfc'.includes(letter) ? (letter as Base) : undefined
  }
  const text = name.slice(2)
  const exact = longBase.find(([long]) => long === text)
  if (exact) return exact[1]
  const begun = longBase.filter(([long]) => text !== '' && long.startsWith(text))
  return begun.length === 1 && !otherLong.some((long) => long.startsWith(text)) ? begun[0]?.[1] : undefined
}

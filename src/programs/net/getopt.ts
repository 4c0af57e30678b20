// Options as getopt_long(3) of glibc finds them: bundled short options, arguments in the same or the next word, long
// options that may be shortened. It knows no program; the words of its errors are glibc's, without the program's name.

export interface OptionSyntax {
  /** As getopt's string: `ab:c::`; a leading `+` ends the options at the first operand. */
  readonly short: string
  /** Long options without dashes; the value is the key under which it is returned and whether it takes an argument. */
  readonly long?: Readonly<Record<string, LongOption>>
}

export interface LongOption {
  readonly as: string
  readonly argument?: 'none' | 'required' | 'optional'
}

export interface Scanned {
  /** In the order of the line; the key is the letter, or what `as` says. */
  readonly options: readonly ScannedOption[]
  readonly operands: readonly string[]
  /** `invalid option -- 'Z'`: the first thing that was wrong; options before it were scanned. */
  readonly error: string | undefined
}

export interface ScannedOption {
  readonly key: string
  /** '' where there is none. */
  readonly argument: string
  /** The option as it was written: `-c`, `--count`. */
  readonly written: string
}

interface Scan {
  readonly syntax: OptionSyntax
  readonly words: readonly string[]
  next: number
  readonly options: ScannedOption[]
  readonly operands: string[]
  error: string | undefined
}

/** Scans the words after the program's name. */
export function scanOptions(words: readonly string[], syntax: OptionSyntax): Scanned {
  const scan: Scan = { syntax, words, next: 0, options: [], operands: [], error: undefined }
  while (scan.next < words.length && scan.error === undefined) {
    const word = words[scan.next++] ?? ''
    if (word === '--') {
      scan.operands.push(...words.slice(scan.next))
      break
    }
    if (word.startsWith('--')) {
      if (syntax.long) scanLong(scan, word.slice(2))
      else scan.error = "invalid option -- '-'"
    } else if (word.startsWith('-') && word !== '-') scanShort(scan, word.slice(1))
    else {
      scan.operands.push(word)
      if (!syntax.short.startsWith('+')) continue
      scan.operands.push(...words.slice(scan.next))
      break
    }
  }
  return scan
}

function scanShort(scan: Scan, letters: string): void {
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charAt(index)
    const place = letter === ':' || letter === '+' ? -1 : scan.syntax.short.indexOf(letter)
    if (place < 0) {
      scan.error = `invalid option -- '${letter}'`
      return
    }
    if (scan.syntax.short.charAt(place + 1) !== ':') {
      scan.options.push({ key: letter, argument: '', written: `-${letter}` })
      continue
    }
    const rest = letters.slice(index + 1)
    const optional = scan.syntax.short.charAt(place + 2) === ':'
    if (rest === '' && !optional && scan.next >= scan.words.length) {
      scan.error = `option requires an argument -- '${letter}'`
      return
    }
    const argument = rest !== '' || optional ? rest : (scan.words[scan.next++] ?? '')
    scan.options.push({ key: letter, argument, written: `-${letter}` })
    return
  }
}

function scanLong(scan: Scan, text: string): void {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  const long = scan.syntax.long ?? {}
  const full = name in long ? name : shortened(scan, long, name)
  const option = full === undefined ? undefined : long[full]
  if (!option) {
    scan.error ??= `unrecognized option '--${text}'`
    return
  }
  const kind = option.argument ?? 'none'
  if (kind === 'none' && equals >= 0) {
    scan.error = `option '--${full}' doesn't allow an argument`
    return
  }
  if (kind === 'required' && equals < 0 && scan.next >= scan.words.length) {
    scan.error = `option '--${full}' requires an argument`
    return
  }
  const following = kind === 'required' && equals < 0 ? (scan.words[scan.next++] ?? '') : ''
  scan.options.push({
    key: option.as,
    argument: equals >= 0 ? text.slice(equals + 1) : following,
    written: `--${full}`,
  })
}

function shortened(scan: Scan, long: Readonly<Record<string, LongOption>>, name: string): string | undefined {
  const candidates = Object.keys(long).filter((key) => key.startsWith(name))
  if (candidates.length <= 1 || new Set(candidates.map((key) => long[key]?.as)).size === 1)
    return candidates[0]
  const possibilities = candidates.map((key) => ` '--${key}'`).join('')
  scan.error = `option '--${name}' is ambiguous; possibilities:${possibilities}`
  return undefined
}

// grep(1), egrep and fgrep, of GNU and of BusyBox. It gives each line on as soon as it has it.

import { compileTranslated, literalRegex, translatePosix } from '../../base/posix.ts'
import { BadRegex, compileRegex, type Regex } from '../../base/regex.ts'
import { readText } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { splitLines } from '../input.ts'
import {
  BadOption,
  both,
  type ParsedOptions,
  parseOptions,
  refuse,
  showText,
  spokenName,
} from '../program.ts'
import { Search } from './grep-search.ts'

const gnu = {
  short: 'EFGPVe:f:iyvwxcLlm:oqsbHhnTZzA:B:C:rRaU0123456789',
  long: {
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'perl-regexp': 'P',
    'regexp:': 'e',
    'file:': 'f',
    'ignore-case': 'i',
    'invert-match': 'v',
    'word-regexp': 'w',
    'line-regexp': 'x',
    count: 'c',
    'color::': 'color',
    'colour::': 'color',
    'files-without-match': 'L',
    'files-with-matches': 'l',
    'max-count:': 'm',
    'only-matching': 'o',
    quiet: 'q',
    silent: 'q',
    'no-messages': 's',
    'byte-offset': 'b',
    'with-filename': 'H',
    'no-filename': 'h',
    'line-number': 'n',
    'after-context:': 'A',
    'before-context:': 'B',
    'context:': 'C',
    recursive: 'r',
    'dereference-recursive': 'R',
    'line-buffered': 'line-buffered',
    text: 'a',
    null: 'Z',
    'null-data': 'z',
    'initial-tab': 'T',
    'no-ignore-case': 'no-ignore-case',
    'label:': 'label',
    'group-separator:': 'separator',
    'no-group-separator': 'no-separator',
    version: 'V',
    help: 'help',
    'include:': 'include',
    'exclude:': 'exclude',
    'exclude-dir:': 'exclude-dir',
  },
}
const busybox = { short: 'HhnlLoqvsrRiwFEzxm:A:B:C:e:f:cyI', long: { 'color::': 'color' } }

/** The words of --color, and whether they mean "at a terminal". */
const colours: ReadonlyMap<string, 'always' | 'never' | 'auto'> = new Map([
  ['always', 'always'],
  ['yes', 'always'],
  ['force', 'always'],
  ['never', 'never'],
  ['no', 'never'],
  ['none', 'never'],
  ['auto', 'auto'],
  ['tty', 'auto'],
  ['if-tty', 'auto'],
])

const declaration = (name: string, kind: '' | 'E' | 'F') =>
  both({
    name,
    trouble: 2,
    busyboxTrouble: 1,
    *main(proc, flavour) {
      let options: ParsedOptions
      try {
        options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : busybox)
      } catch (cause) {
        if (!(cause instanceof BadOption) || flavour === 'busybox') throw cause
        proc.printError(`${spokenName(proc)}: ${cause.message}`)
        return usage(proc)
      }
      if (options.has('V', 'help') && showText(proc, 'grep', options.has('help') ? 'help' : 'version'))
        return 0
      const colour = options.value('color') || (options.has('color') ? 'auto' : 'never')
      if (flavour === 'gnu' && !colours.has(colour) && showText(proc, 'grep', 'help')) return 0
      const operands = [...options.operands]
      const patterns = patternsOf(proc, options, operands)
      if (!patterns) return flavour === 'gnu' ? usage(proc) : refuse(proc, '', flavour, 1)
      try {
        const when = flavour === 'gnu' ? colours.get(colour) : 'never'
        const coloured = when === 'always' || (when === 'auto' && takesColour(proc))
        const search = new Search(proc, options, compile(patterns, options, kind), { flavour, coloured })
        return yield* search.all(operands)
      } catch (cause) {
        if (cause instanceof BadRegex) return proc.fail(`${spokenName(proc)}: ${cause.message}`, 2)
        throw cause
      }
    },
  })

export const grep = [...declaration('grep', ''), ...declaration('egrep', 'E'), ...declaration('fgrep', 'F')]

const takesColour = (proc: Process): boolean =>
  terminalOf(proc.files.get(1)) !== undefined && !['', 'dumb'].includes(proc.env('TERM'))

function usage(proc: Process): number {
  const name = spokenName(proc)
  proc.printError(`Usage: ${name} [OPTION]... PATTERNS [FILE]...`)
  return proc.fail(`Try '${name} --help' for more information.`, 2)
}

function patternsOf(proc: Process, options: ParsedOptions, operands: string[]): string[] | undefined {
  const patterns = options.values('e')
  for (const path of options.values('f')) patterns.push(...splitLines(readText(proc, path)))
  if (options.has('e', 'f')) return patterns.flatMap((pattern) => pattern.split('\n'))
  return operands.shift()?.split('\n')
}

function compile(patterns: readonly string[], options: ParsedOptions, kind: '' | 'E' | 'F'): Regex {
  const mode = options.given.findLast(([key]) => 'EFGP'.includes(key))?.[0] ?? kind
  const sources = patterns.map((pattern) => {
    if (mode === 'F') return literalRegex(pattern)
    return mode === 'P' ? pattern : translatePosix(pattern, { extended: mode === 'E' })
  })
  let source = sources.map((one) => (sources.length > 1 ? `(?:${one})` : one)).join('|')
  if (options.has('x')) source = `^(?:${source})$`
  const ignoreCase = options.has('i', 'y')
  if (mode === 'P') return compilePerl(source, ignoreCase)
  return options.has('w') ? wholeWords(source, ignoreCase) : compileTranslated(source, ignoreCase)
}

function compilePerl(source: string, ignoreCase: boolean): Regex {
  try {
    return compileRegex(source, { ignoreCase })
  } catch (cause) {
    if (cause instanceof BadRegex) throw new BadRegex('unmatched parentheses')
    throw cause
  }
}

/** Matches with no character of a word on either side. */
function wholeWords(source: string, ignoreCase: boolean): Regex {
  if (/\\\d/.test(source)) return compileTranslated(`(?<!\\w)(?:${source})(?!\\w)`, ignoreCase)
  const around = compileTranslated(`(^|\\W)(${source})(\\W|$)`, ignoreCase)
  return {
    find(text, from = 0) {
      for (let start = Math.max(0, from - 1); ; start++) {
        const found = around.find(text, start)
        if (!found) return undefined
        const index = found.index + (found.groups[1] ?? '').length
        if (index >= from) return { index, groups: found.groups.slice(2, -1) }
      }
    },
  }
}

// cut(1), of GNU and of BusyBox.

import { type Bytes, decode, encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, Lines, openInput } from '../input.ts'
import { both, type Flavour, type ParsedOptions, parseOptions, refuse } from '../program.ts'

const gnu = {
  short: 'b:c:d:f:nsz',
  long: {
    'bytes:': 'b',
    'characters:': 'c',
    'delimiter:': 'd',
    'fields:': 'f',
    'only-delimited': 's',
    'output-delimiter:': 'O',
    complement: 'complement',
    'zero-terminated': 'z',
  },
}
const busybox = { short: 'b:c:f:d:O:snF:D', long: { 'output-delimiter:': 'O' } }

export const cut = both({
  name: 'cut',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : busybox)
    const mistake = mistakeIn(options, flavour)
    if (mistake !== undefined)
      return flavour === 'gnu' ? refuse(proc, mistake, flavour, 1) : proc.fail(`cut: ${mistake}`)
    const kind = options.has('f') ? 'f' : options.has('c') ? 'c' : 'b'
    const ranges = parseRanges(options.value(kind) ?? '')
    if (!ranges) return complainOfList(proc, options.value(kind) ?? '', kind, flavour)
    const chosen: Chosen = {
      kind,
      ranges,
      delimiter: options.value('d') ?? '\t',
      joiner: options.value('O') ?? options.value('d') ?? '\t',
      onlyDelimited: options.has('s'),
      complement: options.has('complement'),
    }
    let status = 0
    for (const operand of options.operands.length > 0 ? options.operands : ['-'])
      try {
        const descriptor = openInput(proc, operand)
        const lines = new Lines(proc, descriptor)
        for (let line = yield* lines.next(); line !== undefined; line = yield* lines.next()) {
          const out = select(line, chosen)
          if (out !== undefined) proc.writeBytes(1, `${out}\n` as Bytes)
          yield* proc.flush()
        }
        closeInput(proc, descriptor)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        status = proc.fail(`cut: ${operand}: ${strerror(cause.code)}`)
      }
    return status
  },
})

interface Chosen {
  readonly kind: 'b' | 'c' | 'f'
  readonly ranges: readonly (readonly [first: number, last: number])[]
  readonly delimiter: string
  readonly joiner: string
  readonly onlyDelimited: boolean
  readonly complement: boolean
}

function mistakeIn(options: ParsedOptions, flavour: Flavour): string | undefined {
  const lists = options.given.filter(([key]) => 'bcf'.includes(key)).length
  if (flavour === 'busybox') {
    if (lists === 0) return 'expected a list of bytes, characters, or fields'
    return lists > 1 ? 'only one type of list may be specified' : undefined
  }
  if (lists === 0) return 'you must specify a list of bytes, characters, or fields'
  if (lists > 1) return 'only one list may be specified'
  if (options.has('d') && !options.has('f'))
    return 'an input delimiter may be specified only when operating on fields'
  return (options.value('d') ?? '').length > 1 ? 'the delimiter must be a single character' : undefined
}

function complainOfList(proc: Process, list: string, kind: string, flavour: Flavour): number {
  if (flavour === 'busybox') return proc.fail(`cut: invalid range ${list}`)
  if (/^0|,0|-0$/.test(list))
    return refuse(
      proc,
      kind === 'f' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1',
      flavour,
      1,
    )
  return refuse(proc, kind === 'f' ? 'invalid field range' : 'invalid byte or character range', flavour, 1)
}

function parseRanges(list: string): [number, number][] | undefined {
  const ranges: [number, number][] = []
  for (const part of list.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (!match || part === '' || part === '-') return undefined
    const first = Number(match[1] || 1)
    const last = match[2] === '' ? first : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
    if (first === 0 || last < first) return undefined
    ranges.push([first, last])
  }
  return ranges
}

const includes = ({ ranges, complement }: Chosen, position: number): boolean =>
  ranges.some(([first, last]) => position >= first && position <= last) !== complement

function select(line: Bytes, chosen: Chosen): string | undefined {
  if (chosen.kind !== 'f') {
    const units = chosen.kind === 'c' ? [...decode(line)] : [...line]
    const kept = units.filter((_, index) => includes(chosen, index + 1)).join('')
    return chosen.kind === 'c' ? encode(kept) : kept
  }
  const delimiter = encode(chosen.delimiter)
  if (!line.includes(delimiter)) return chosen.onlyDelimited ? undefined : line
  return line
    .split(delimiter)
    .filter((_, index) => includes(chosen, index + 1))
    .join(encode(chosen.joiner))
}

// Expectations are recordings of GNU coreutils 9.1, grep 3.8 and BusyBox 1.37.0.

import { describe, expect, it } from 'vitest'
import { type Trial, type TrialOptions, trial, trialMachine } from '../trial.ts'
import { cat } from './cat.ts'
import { cut } from './cut.ts'
import { echo } from './echo.ts'
import { grep } from './grep.ts'
import { head } from './head.ts'
import { sort } from './sort.ts'
import { tail } from './tail.ts'
import { uniq } from './uniq.ts'
import { wc } from './wc.ts'

const programs = [...cat, ...cut, ...echo, ...grep, ...head, ...sort, ...tail, ...uniq, ...wc]
const files = { '/tmp/f1': 'a b\nc\n', '/tmp/d/x': 'x\n' }

function play(line: string, options?: TrialOptions): Pick<Trial, 'out' | 'err' | 'status'> {
  const { out, err, status } = trial(trialMachine(programs, files), line.split(' '), options)
  return { out, err, status }
}
const outOf = (line: string, input = ''): string => play(line, { input }).out

describe('text tools', () => {
  it('wc', () => {
    expect(outOf('wc f1')).toBe('2 3 6 f1\n')
    expect(play('wc f1 d')).toEqual({
      out: '      2       3       6 f1\n      0       0       0 d\n      2       3       6 total\n',
      err: 'wc: d: Is a directory\n',
      status: 1,
    })
    expect(outOf('wc -l', 'a\nb\n')).toBe('2\n')
    expect(outOf('wc', 'a b\nc\n')).toBe('      2       3       6\n')
    expect(outOf('wc.busybox', 'a b\nc\n')).toBe('        2         3         6\n')
    expect(outOf('wc.busybox -l f1 f1')).toBe('        2 f1\n        2 f1\n        4 total\n')
    expect(outOf('wc.busybox -lw', 'a b\nc\n')).toBe('        2         3\n')
  })

  it('head and tail', () => {
    expect(outOf('head -n 2', '1\n2\n3\n')).toBe('1\n2\n')
    expect(outOf('head -1', '1\n2\n3\n')).toBe('1\n')
    expect(outOf('head -n -1', '1\n2\n3\n')).toBe('1\n2\n')
    expect(outOf('tail -n 1', '1\n2\n3')).toBe('3')
    expect(outOf('tail -n +2', '1\n2\n3\n')).toBe('2\n3\n')
    expect(outOf('tail -2 f1')).toBe('a b\nc\n')
    expect(outOf('head -n 1 f1 d/x')).toBe('==> f1 <==\na b\n\n==> d/x <==\nx\n')
    expect(play('head -n x').err).toBe("head: invalid number of lines: 'x'\n")
    expect(play('head -n x', { environment: { LANG: 'C.UTF-8' } }).err).toBe(
      'head: invalid number of lines: ‘x’\n',
    )
    expect(play('head -c').err).toBe(
      "head: option requires an argument -- 'c'\nTry 'head --help' for more information.\n",
    )
    expect(play('tail.busybox nope').err).toBe(
      "tail.busybox: can't open 'nope': No such file or directory\ntail.busybox: no files\n",
    )
  })

  it('cat', () => {
    expect(play('cat nope d')).toEqual({
      out: '',
      err: 'cat: nope: No such file or directory\ncat: d: Is a directory\n',
      status: 1,
    })
    expect(outOf('cat -A', 'a\tb\né')).toBe('a^Ib$\nM-CM-)')
    expect(outOf('cat -n', 'a\nb\n')).toBe('     1\ta\n     2\tb\n')
    expect(play('cat.busybox nope').err).toBe("cat: can't open 'nope': No such file or directory\n")
  })

  it('grep', () => {
    expect(outOf('grep -c a', 'a\nb\naa\n')).toBe('2\n')
    expect(play('grep x f1')).toEqual({ out: '', err: '', status: 1 })
    expect(outOf('grep -n -v a', 'a\nb\n')).toBe('2:b\n')
    expect(outOf('grep -o a[0-9]*', 'xa12 a3\n')).toBe('a12\na3\n')
    expect(outOf('grep -E ^(a|b)$', 'a\nc\nb\n')).toBe('a\nb\n')
    expect(outOf('grep a\\|b', 'a\nc\nb\n')).toBe('a\nb\n')
    expect(outOf('grep -A 1 3', '1\n2\n3\n4\n5\n')).toBe('3\n4\n')
    expect(outOf('grep -B1 -n [25]', '1\n2\n3\n4\n5\n')).toBe('1-1\n2:2\n--\n4-4\n5:5\n')
    expect(outOf('grep -r x .')).toBe('./d/x:x\n')
    expect(outOf('grep -r x')).toBe('d/x:x\n')
    expect(play('grep x nope d')).toEqual({
      out: '',
      err: 'grep: nope: No such file or directory\ngrep: d: Is a directory\n',
      status: 2,
    })
    expect(play('grep').err).toBe(
      "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
    )
    expect(play('grep [a').err).toBe('grep: Unmatched [, [^, [:, [., or [=\n')
    expect(outOf('grep -w a', 'ab\na b\n')).toBe('a b\n')
    expect(outOf('grep -F a.b', 'axb\na.b\n')).toBe('a.b\n')
    expect(outOf('grep -E -- --(x|y)', '--x\n-y\n')).toBe('--x\n')
  })

  it('sort and uniq', () => {
    expect(outOf('sort', 'b\na\nB\n')).toBe('B\na\nb\n')
    expect(outOf('sort -n', '10\n9\n')).toBe('9\n10\n')
    expect(outOf('sort -k2 -r', 'a 1\nb 2\n')).toBe('b 2\na 1\n')
    expect(outOf('sort -t: -k2,2n', 'a:10\nb:9\n')).toBe('b:9\na:10\n')
    expect(outOf('sort -u', 'b\na\nb\n')).toBe('a\nb\n')
    expect(play('sort nope').err).toBe('sort: cannot read: nope: No such file or directory\n')
    expect(outOf('uniq -c', 'a\na\nb\n')).toBe('      2 a\n      1 b\n')
  })

  it('cut', () => {
    expect(outOf('cut -d: -f1,3-', 'a:b:c:d\n')).toBe('a:c:d\n')
    expect(outOf('cut -c1-2', 'abc\n')).toBe('ab\n')
    expect(play('cut').err).toBe(
      "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.\n",
    )
  })

  it('echo', () => {
    expect(outOf('echo -n hi')).toBe('hi')
    expect(outOf('echo -e a\\tb\\x41\\c')).toBe('a\tbA')
  })
})

// No text, however odd, may end in a fault of the simulator, and none may take long.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trial } from '../../src/programs/trial.ts'
import { shellMachine } from './play.ts'

const dollar = '$'
const tokens = [
  `${dollar}{`,
  ...'a b x 1 0 -1 f $ $x } " \' ` ( ) (( )) { } [ ] [[ ]] ; ;; & && | || |& ! < > >> << <<< <( >( 2>&1 * ? ~ ^ = += % # , . / - : @ + \\'.split(
    ' ',
  ),
  ...'if then else elif fi for in do done while until case esac select function time coproc'.split(' '),
  ...'echo printf read eval set shift trap local declare export unset test let exec return break continue'.split(
    ' ',
  ),
  ...'alias type hash cd pushd popd getopts mapfile wait kill jobs fg umask ulimit shopt enable history fc help'.split(
    ' ',
  ),
  ...'§{x:-a} §{x:1:2} §{x//a/b} §{x^^} §{x~~} §{#x} §{!x} §{x@Q} §{x[@]} §{x[1]} §((1+x)) §((x++)) §(echo) §@ §* §# §? §!'
    .replaceAll('§', dollar)
    .split(' '),
  ...'{1..3} {a,b} @(a|b) !(a) +(x) =~ == -eq -n -z -f -o -v -p -A -n r=x x=(1) x[1]=2 f() a=b %s %d %q %(%Y)T'.split(
    ' ',
  ),
  ' ',
  '\n',
  '\t',
  'é',
]

const script = fc
  .array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 14 })
  .chain((words) => fc.constantFrom(' ', '').map((glue) => words.join(glue)))
  .map((text) => text.slice(0, 60))

const raw = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 })

function faultsOf(shell: string, line: string): unknown[] {
  const machine = shellMachine({}, shell)
  trial(machine, [shell === 'bash' ? 'bash' : 'sh', '-c', line], {
    directory: '/tmp',
    environment: { HOME: '/root' },
    until: 20_000,
  })
  return machine.faults
}

describe.each(['bash', 'dash', 'ash'])('%s', (shell) => {
  test.each([
    ['of tokens', script, 1],
    ['of characters', raw, 2],
  ])('random text %s', (_kind, texts, seed) => {
    fc.assert(
      fc.property(texts, (line) => {
        expect(faultsOf(shell, line)).toEqual([])
      }),
      { seed, numRuns: 500 },
    )
  })
})

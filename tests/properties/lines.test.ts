// No command line, however odd, crashes the simulator or hangs it.

import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { fork } from '../../src/world/fork.ts'
import { firstHost, line, openStage, type Stage, stageIn } from './stage.ts'

const limits = { time: 60e6, output: 200_000, steps: 100_000 }

let stage: Stage
let programs: string[]
const flagsOf = new Map<string, string[]>()

const verbs =
  `run create start stop restart kill rm ps logs exec inspect port pull images rename top wait pause unpause
  attach cp diff stats update commit tag rmi events info version history search network|ls network|create network|rm
  network|inspect network|connect network|disconnect network|prune container|ls container|prune container|inspect image|ls
  image|rm image|inspect image|prune volume|ls volume|create volume|rm volume|inspect volume|prune system|df system|info
  system|events system|prune context|ls service|ls swarm|init stack|ls compose|up builder|prune`
    .split(/\s+/)
    .map((path) => path.split('|'))

beforeAll(() => {
  stage = openStage()
  line(stage, 'docker network create lab')
  line(stage, 'docker run -d --name web --network lab -p 8080:80 nginx')
  line(stage, 'docker run -dit --name shell ubuntu')
  programs = line(stage, 'ls /usr/bin /usr/sbin')
    .split('\n')
    .filter((name) => /^[a-z[][\w.-]*$/.test(name) && !/^(docker|python3|poweroff|reboot)/.test(name))
  for (const verb of verbs)
    flagsOf.set(verb.join(' '), helpFlags(line(stage, `docker ${verb.join(' ')} --help`)))
})

const helpFlags = (help: string): string[] => [...help.matchAll(/--[a-z][a-z0-9-]*/g)].map(([flag]) => flag)

const oddWord = fc.oneof(
  fc.constantFrom(
    'web',
    'shell',
    'lab',
    'nginx',
    'alpine:latest',
    'nosuch',
    '/etc/passwd',
    '/',
    '..',
    '/nosuch/x',
    '-',
    '--',
  ),
  fc.constantFrom(
    '127.0.0.1',
    '10.0.0.0/8',
    '::1',
    'fe80::1%eth0',
    '300.1.1.1',
    '8080:80',
    '1-2:3',
    'a=b',
    '=',
    'a,b=c,',
    '80/tcp',
  ),
  fc.constantFrom(
    '0',
    '-1',
    '1',
    '99999999999999999999',
    '1e9',
    '0x10',
    '5m',
    '1.5h',
    'NaN',
    'infinity',
    '%s%d%',
    '\\n',
    '*',
    '[a-',
    '(',
    '{}',
  ),
  fc.constantFrom(
    '{{.}}',
    '{{json .}}',
    '{{.Name',
    '{{range .}}{{end}}',
    'table {{.Names}}',
    '{{index . 5}}',
    '{{printf "%d" "x"}}',
    '.a | .b',
    's/a/b/',
    '1p',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
)

const oddFlag = fc.oneof(
  fc
    .constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
    .map((letter) => `-${letter}`),
  fc.constantFrom(
    '--help',
    '--version',
    '--',
    '-',
    '---',
    '--nosuch',
    '--all',
    '--format',
    '--filter',
    '-h',
    '-vvv',
  ),
)

const words = fc.array(fc.oneof({ weight: 2, arbitrary: oddWord }, { weight: 1, arbitrary: oddFlag }), {
  maxLength: 5,
})

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''").replaceAll('\0', '')}'`
const commandLine = (path: readonly string[], rest: readonly string[]): string =>
  [...path, ...rest.map(quote)].join(' ')

/** Plays `text` in a fork, so that each line meets the same world. */
function survives(text: string): void {
  const { world, session } = stageIn(fork(stage.world), stage)
  const printed = line({ world, session }, `${text} < /dev/null`, limits)
  expect(printed).not.toContain('simulator bug')
  expect(firstHost(world).machine.faults).toEqual([])
  if (session.shell.state !== 'zombie')
    expect(line({ world, session }, 'echo still here')).toBe('still here\n[0]')
}

test('docker, with random words and flags', () => {
  fc.assert(
    fc.property(fc.nat(), words, fc.array(fc.nat(), { maxLength: 3 }), (which, rest, flags) => {
      const path = verbs[which % verbs.length] ?? []
      const known = flagsOf.get(path.join(' ')) ?? []
      const chosen = flags.flatMap((flag) => known[flag % known.length] ?? [])
      survives(commandLine(['docker', ...path], mix(chosen, rest)))
    }),
    { seed: 7, numRuns: 400 },
  )
})

test('programs of the machine, with random words and flags', () => {
  fc.assert(
    fc.property(fc.nat(), words, (which, rest) => {
      survives(commandLine([programs[which % programs.length] ?? 'true'], rest))
    }),
    { seed: 8, numRuns: 400 },
  )
})

test('programs of busybox, with random words and flags', () => {
  const applets = line(stage, 'docker run --rm busybox busybox --list')
    .split('\n')
    .filter((name) => /^[a-z]/.test(name))
  fc.assert(
    fc.property(fc.nat(), words, (which, rest) => {
      survives(commandLine(['docker run --rm busybox', applets[which % applets.length] ?? 'true'], rest))
    }),
    { seed: 9, numRuns: 150 },
  )
})

const shellWord = fc.constantFrom(
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are the shell's braces
  ...'if then else elif fi for in do done while until case esac select function { } ( ) [[ ]] ! time coproc ; ;; & && | || > < >> << <<< 2>&1 <( >( $( ` " \' \\ $ ${ ${x ${x:- ${#x ${x[ ${!x $(( (( )) x=1 x=( x+=y a[1]=2 echo read cd set -e shift local export trap eval exec return break continue exit wait jobs fg kill %1 $1 $@ $* $? $$ $! * ? [a-z] {a,b} {1..9} ~ # \n true false cat sleep'.split(
    ' ',
  ),
)

test('bash, dash and ash, with random words of shell', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 6, arbitrary: shellWord }, { weight: 1, arbitrary: oddWord }), {
        maxLength: 12,
      }),
      fc.constantFrom('bash -c', 'dash -c', 'docker run --rm alpine sh -c'),
      (tokens, shell) => survives(commandLine(shell.split(' '), [tokens.join(' ').replaceAll('\\n', '\n')])),
    ),
    { seed: 10, numRuns: 400 },
  )
})

/** The flags among the words: a flag, a word, a flag… */
const mix = (flags: readonly string[], rest: readonly string[]): string[] =>
  Array.from({ length: Math.max(flags.length, rest.length) }, (_, index) => [flags[index], rest[index]])
    .flat()
    .filter((word) => word !== undefined)
